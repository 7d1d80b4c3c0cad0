import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { portal } from './portal';

export const root = join(__dirname, '../../../..');

/** A module of the launcher, working in the state folder of the portal under test. */
export async function launcher<T>(name: string): Promise<T> {
  process.env.WAYMARK_STATE = portal.state;
  return import(pathToFileURL(join(root, `scripts/lib/${name}.mjs`)).href);
}

/** A port nobody listens on at this moment. */
export async function freePort(): Promise<number> {
  const { freePort: find } = await launcher<{ freePort(): Promise<number> }>(
    'freePort',
  );
  return find();
}
