import type { Task } from './report';

/** Performs the task of this process, tells what came of it, and ends. */
export function reply(perform: (task: Task) => Promise<unknown>): void {
  perform(JSON.parse(process.argv[2])).then(
    // Databases keep themselves awake.
    result => process.send!({ result }, () => process.exit(0)),
    error => {
      process.stderr.write(`${error.stack}\n`);
      process.exit(1);
    },
  );
}
