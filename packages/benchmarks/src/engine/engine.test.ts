import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEngine } from './openEngine';
import { generated, populate } from './populate';
import { portionOf, Size } from './population';
import {
  runCold,
  runEased,
  runFold,
  runUnchanged,
  storageOf,
  warmUp,
} from './runEngine';

jest.setTimeout(120_000);

const SIZE: Size = { entities: 1_000, checks: 40 };

describe('the workload of the engine', () => {
  it('is the same whenever it is made', () => {
    expect(portionOf(3)).toEqual(portionOf(3));
    expect(portionOf(3)).not.toEqual(portionOf(4));
  });

  it('is all evaluated once, again where a definition changes, and not written where nothing does', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'waymark-engine-'));
    const open = await openEngine({ client: 'better-sqlite3', folder });
    try {
      await populate(open, generated(SIZE));
      await warmUp(open);
      // The two results of the first component are there since it was warmed up.
      expect((await runCold(open, SIZE)).rows).toBe(1_998);
      await runFold(open);
      const all = await open.rollups.read({
        scorecard: 'scorecard-1',
        shape: { levels: [], checks: [] },
        dimension: 'all',
      });
      expect(all.rows.get('')?.entities).toBe(1_000);
      const { rows } = await runEased(open, SIZE);
      expect(rows).toBeGreaterThan(80);
      expect(rows).toBeLessThan(120);
      expect(await runUnchanged(open, SIZE)).toMatchObject({
        rows: 0,
        changedFacts: 0,
      });
      expect(await storageOf(open)).toBeGreaterThan(1);
    } finally {
      await open.close();
      await rm(folder, { recursive: true });
    }
  });
});
