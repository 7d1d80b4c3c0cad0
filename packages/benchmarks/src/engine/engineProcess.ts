import { openEngine, type OpenEngine } from './openEngine';
import { generated, populate } from './populate';
import type { EngineReport } from './report';
import {
  runCold,
  runEased,
  runFold,
  runUnchanged,
  storageOf,
  warmUp,
} from './runEngine';
import { reply } from './reply';
import { runPushes, runReads } from './runReads';
import type { Size } from './population';

const MB = 1_024;

async function measure(open: OpenEngine, size: Size): Promise<EngineReport> {
  await warmUp(open);
  const cold = await runCold(open, size);
  const coldMemory = process.resourceUsage().maxRSS / MB;
  const foldSeconds = await runFold(open);
  const storage = await storageOf(open);
  const eased = await runEased(open, size);
  const unchanged = await runUnchanged(open, size);
  await open.folder.start();
  await open.engine.start();
  const pushes = await runPushes(open, size);
  const reads = await runReads(open, size);
  await open.folder.stop();
  await open.engine.stop();
  return {
    ...{ cold, coldMemory, eased, unchanged },
    ...{ foldSeconds, storage, pushes, reads },
  };
}

reply(async ({ what, place, size }) => {
  const open = await openEngine(place);
  const result =
    what === 'populate'
      ? await populate(open, generated(size))
      : await measure(open, size);
  await open.close();
  return result;
});
