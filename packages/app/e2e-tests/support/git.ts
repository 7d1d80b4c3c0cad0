import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { launcher } from './launcher';
import { forgeToken, portal } from './portal';

const run = promisify(execFile);

interface GitAccess {
  gitEnvironment(forgeUrl: string, token: string): NodeJS.ProcessEnv;
}

/** A clone of a forge repository in a folder of its own, pushed with plain Git. */
export class Clone {
  static async of(repository: string): Promise<Clone> {
    const folder = await mkdtemp(join(tmpdir(), 'waymark-clone-'));
    const { gitEnvironment } = await launcher<GitAccess>('gitAccess');
    const env = gitEnvironment(portal.forgeUrl, await forgeToken());
    const remote = new URL(`/${repository}.git`, portal.forgeUrl);
    await run('git', ['clone', '--quiet', remote.href, folder], { env });
    return new Clone(folder, env);
  }

  private constructor(
    readonly folder: string,
    private readonly env: NodeJS.ProcessEnv,
  ) {}

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
    const identity = [
      'user.name=Browser Test',
      'user.email=browser-test@acme.example',
    ];
    const { stdout } = await run(
      'git',
      ['-C', this.folder, ...identity.flatMap(value => ['-c', value]), ...args],
      { env: this.env },
    );
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
