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
  const { id, guarded } = parse(line);
  if (guarded) kept.set(id, guarded);
  else kept.delete(id);
}

/** The last line may be a half of one: whoever wrote it was killed. */
function parse(line) {
  try {
    return JSON.parse(line);
  } catch {
    return {};
  }
}

let groups = [...kept.values()].filter(guarded => guarded.group);
const folders = [...kept.values()].filter(guarded => guarded.folder);

for (const { group, signal } of groups) signalGroup(group, signal ?? 'SIGTERM');
const deadline = performance.now() + GRACE_MS;
for (;;) {
  // Once it is gone its number may be given to somebody else's.
  groups = groups.filter(({ group }) => groupIsAlive(group));
  if (groups.length === 0 || performance.now() > deadline) break;
  await sleep(50);
}
for (const { group } of groups) signalGroup(group, 'SIGKILL');
for (const { folder } of folders) {
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
}
