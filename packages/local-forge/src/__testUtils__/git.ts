import { spawn } from 'node:child_process';
import { devNull } from 'node:os';

/** Runs the user's `git` in a folder; rejects with its messages. */
export async function git(cwd: string, ...args: string[]): Promise<string> {
  const child = spawn('git', args, {
    cwd,
    env: {
      PATH: process.env.PATH,
      GIT_CONFIG_GLOBAL: devNull,
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_TERMINAL_PROMPT: '0',
      GIT_AUTHOR_NAME: 'Mina Okafor',
      GIT_AUTHOR_EMAIL: 'mina@acme.example',
      GIT_COMMITTER_NAME: 'Mina Okafor',
      GIT_COMMITTER_EMAIL: 'mina@acme.example',
    },
  });
  let output = '';
  let messages = '';
  child.stdout.on('data', chunk => (output += chunk));
  child.stderr.on('data', chunk => (messages += chunk));
  const code = await new Promise(resolve => child.on('close', resolve));
  if (code !== 0) {
    throw new Error(`git ${args.join(' ')}: ${messages}${output}`);
  }
  return output.trim();
}
