import { chmod, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { guard } from './guardian.mjs';

/**
 * Makes one temporary folder the place of all temporary files of this process
 * and its children, and removes it when this process ends, however it ends.
 */
export async function keepTemporaryFilesTogether() {
  const folder = await mkdtemp(join(tmpdir(), 'waymark-test-'));
  guard({ folder });
  // PostgreSQL runs as another user when we are root.
  await chmod(folder, 0o711);
  for (const name of ['TMPDIR', 'TEMP', 'TMP']) process.env[name] = folder;
}
