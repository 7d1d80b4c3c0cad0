#!/usr/bin/env node
/*
 * Entry of `npm start`, `npm test`, `npm run dev` and `npm run reset`.
 * Runs before anything is installed: no dependency, and no syntax or module
 * that Node 12 does not know, so that an old Node gets a sentence, not a trace.
 */

const NODE_WANTED = 18;
const major = Number(process.versions.node.split('.')[0]);

async function main() {
  if (major < NODE_WANTED) {
    process.stderr.write(
      `Waymark needs Node ${NODE_WANTED} or newer to begin with, this is ${process.versions.node}: install a current Node (it fetches the exact version it runs on by itself) and try again.\n`,
    );
    process.exitCode = 1;
    return;
  }
  const { run } = await import('./lib/run.mjs');
  await run(process.argv.slice(2));
}

main();
