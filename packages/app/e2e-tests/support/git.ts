import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { forgeToken, portal } from './portal';

const run = promisify(execFile);

/** A clone of a forge repository in a folder of its own, pushed with plain Git. */
export class Clone {
  static async of(repository: string): Promise<Clone> {
    const folder = await mkdtemp(join(tmpdir(), 'waymark-clone-'));
    const remote = new URL(`/${repository}.git`, portal.forgeUrl);
    remote.username = 'waymark-portal';
    remote.password = await forgeToken();
    await run('git', ['clone', '--quiet', remote.href, folder]);
    return new Clone(folder);
  }

  private constructor(readonly folder: string) {}

  read(file: string) {
    return readFile(join(this.folder, file), 'utf8');
  }

  write(file: string, text: string) {
    return writeFile(join(this.folder, file), text);
  }

  async makeFolderOf(file: string) {
    await mkdir(dirname(join(this.folder, file)), { recursive: true });
  }

  async git(...args: string[]): Promise<string> {
    const { stdout } = await run('git', [
      '-C',
      this.folder,
      '-c',
      'user.name=Browser Test',
      '-c',
      'user.email=browser-test@acme.example',
      ...args,
    ]);
    return stdout;
  }

  /** Commits everything and pushes it; resolves when the forge has accepted. */
  async push(message: string): Promise<void> {
    await this.git('add', '--all');
    await this.git('commit', '--quiet', '-m', message);
    await this.git('push', '--quiet');
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}
