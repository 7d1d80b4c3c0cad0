import type { Measurement } from './measurement';
import { figuresTable, withFigures } from './readme';
import { readme } from './results';

const measurement: Measurement = {
  suite: 'portal',
  day: '2026-01-31',
  commit: '1234567',
  machine: '2 × Abacus, 24 GiB',
  samples: { secondStart: [1, 30, 31], homePage: [100, 1200, 120.4] },
};

describe('published figures', () => {
  it('judge a promise by the median, not by the best sample', () => {
    const table = figuresTable([measurement]);
    expect(table).toContain(
      '| second start | at most 20 s | 30.0 s (not kept) | 1.0 s – 31.0 s | 3 |',
    );
    expect(table).toContain(
      '| home page interactive | at most 2000 ms | 120 ms | 100 ms – 1200 ms | 3 |',
    );
  });

  it('are empty where nothing was measured, and name the machine where it was', () => {
    const table = figuresTable([measurement]);
    expect(table).toContain(
      '| group page interactive | at most 2000 ms | | | |',
    );
    expect(table).toContain(
      '`portal`: 2026-01-31, commit 1234567, on 2 × Abacus, 24 GiB.',
    );
  });

  it('replace what stood between the markers and nothing else', () => {
    const page =
      'before\n<!-- figures:start -->\nof last year\n<!-- figures:end -->\nafter';
    const changed = withFigures(page, [measurement]);
    expect(changed).toMatch(/^before\n<!-- figures:start -->\n\n\| figure/);
    expect(changed).toMatch(/<!-- figures:end -->\nafter$/);
    expect(changed).not.toContain('of last year');
    expect(() => withFigures('no markers', [])).toThrow(/figures:start/);
  });

  it('stand in the README as they were measured', async () => {
    const { wanted, actual } = await readme();
    expect(actual).toBe(wanted);
  });
});
