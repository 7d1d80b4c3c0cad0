/*
 * Started by guardian.mjs, in a session of its own. Reads what to guard, one
 * JSON object a line; when its standard input closes, the launcher is gone, and
 * whatever it still guards goes too: process groups first, then folders.
 */
import { rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { groupIsAlive, signalGroup } from './processGroup.mjs';

/** More than the portal's own launcher grants its services, one after the other. */
const GRACE_MS = 20_000;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {});
}

const kept = new Map();
for await (const line of createInterface({ input: process.stdin })) {
  const { id, guarded } = JSON.parse(line);
  if (guarded) kept.set(id, guarded);
  else kept.delete(id);
}

const groups = [...kept.values()].filter(guarded => guarded.group);
const folders = [...kept.values()].filter(guarded => guarded.folder);

for (const { group, signal } of groups) signalGroup(group, signal ?? 'SIGTERM');
const deadline = performance.now() + GRACE_MS;
while (
  performance.now() < deadline &&
  groups.some(({ group }) => groupIsAlive(group))
) {
  await sleep(50);
}
for (const { group } of groups) signalGroup(group, 'SIGKILL');
for (const { folder } of folders) {
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
}
