import { execFile } from 'child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'fs/promises';
import { tmpdir } from 'os';
import path from 'path';
import { promisify } from 'util';
import { SeedTree } from '../seedFolder';

/** A folder for one test file, and what it takes to fill and to remove it. */
export class Workbench {
  static async create(): Promise<Workbench> {
    return new Workbench(await mkdtemp(path.join(tmpdir(), 'waymark-seed-')));
  }

  private constructor(readonly directory: string) {}

  /** Writes a tree below the folder and returns where it is. */
  async checkOut(name: string, tree: SeedTree): Promise<string> {
    const target = path.join(this.directory, name);
    for (const [file, { content, executable }] of tree) {
      const absolute = path.join(target, file);
      await mkdir(path.dirname(absolute), { recursive: true });
      await writeFile(absolute, content, { mode: executable ? 0o755 : 0o644 });
    }
    return target;
  }

  async remove(): Promise<void> {
    await rm(this.directory, { recursive: true, force: true });
  }
}

/** Runs a program and gives back what it wrote; the error of a failed one says what it wrote, too. */
export async function run(
  program: string,
  args: string[],
  cwd: string,
  env: Record<string, string> = {},
): Promise<string> {
  // What jest sets for itself must not reach other test runners.
  const { NODE_OPTIONS, NODE_ENV, JEST_WORKER_ID, ...rest } = process.env;
  try {
    const { stdout, stderr } = await promisify(execFile)(program, args, {
      cwd,
      env: { ...rest, ...env },
      maxBuffer: 16 * 1024 * 1024,
    });
    return stdout + stderr;
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    throw new Error(
      `${program} ${args.join(' ')} in ${path.basename(
        cwd,
      )} failed:\n${stdout}\n${stderr}`,
    );
  }
}
