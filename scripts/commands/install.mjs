import { ensureInstalled } from '../lib/install.mjs';

export default async function install() {
  await ensureInstalled();
}
