import { tmpdir } from 'node:os';
import { runProgram } from './programs';

const inShell = (script: string, seconds?: number) =>
  runProgram('sh', ['-c', script], { cwd: tmpdir(), seconds });

describe('a program', () => {
  it('gives its output and its code', async () => {
    expect(await inShell('echo out; echo err >&2; exit 3')).toEqual({
      code: 3,
      stdout: 'out\n',
      stderr: 'err\n',
    });
  });

  it('is given up when its time is over, also when what it started holds on to its output', async () => {
    const started = performance.now();
    await expect(inShell('sleep 20 & wait', 1)).rejects.toThrow(
      'sh did not end within 1 s',
    );
    expect(performance.now() - started).toBeLessThan(10_000);
  });

  it('is not said to be slow when somebody ended it', async () => {
    await expect(inShell('kill -9 $$')).rejects.toThrow(
      'sh was ended by SIGKILL',
    );
  });
});
