import { runShown } from '../lib/show.mjs';

/** `tsc` over every package; counts the files of the programme that are ours. */
export default async function types() {
  const { code, output } = await runShown(
    ['tsc', '--listFiles', '--pretty', 'false'],
    { quiet: true },
  );
  const lines = output.split('\n');
  const errors = lines.filter(line => /error TS\d+/.test(line));
  const files = lines.filter(
    line =>
      /^\/.*\.tsx?$|^[A-Z]:.*\.tsx?$/.test(line) &&
      !line.includes('node_modules'),
  );
  for (const line of errors) process.stderr.write(`${line}\n`);
  return {
    passed: files.length,
    failed: code === 0 ? 0 : Math.max(errors.length, 1),
    unit: 'files',
  };
}
