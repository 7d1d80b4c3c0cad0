import { startForge } from '../startForge';
import { fixtureSeed } from './fixture';

// A process to kill: everything as in main.ts, with the small organisation.
startForge({
  port: 0,
  dataDirectory: process.env.FORGE_TEST_DATA!,
  seed: fixtureSeed,
}).then(
  forge => process.stdout.write(`READY ${forge.url}\n`),
  error => {
    process.stdout.write(`${error.stack}\n`);
    process.exit(1);
  },
);
