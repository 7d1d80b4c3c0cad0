import { ENGINES } from './engines';
import { RULES, subjects } from './workload';

describe('the rule engines of the benchmark', () => {
  const population = subjects(200, 1);
  const [ours, ...others] = ENGINES;

  it('are given the same subjects for the same seed, of which every rule passes some and fails some', async () => {
    expect(subjects(200, 1)).toEqual(population);
    const decided = await ours.prepare(RULES, population)();
    expect(decided).toHaveLength(RULES.length * population.length);
    RULES.forEach((_, rule) => {
      const passed = decided.filter(
        (value, index) => index % RULES.length === rule && value === 1,
      ).length;
      expect(passed).toBeGreaterThan(0);
      expect(passed).toBeLessThan(population.length);
    });
  });

  it.each(others.map(engine => [engine.name, engine] as const))(
    'decide alike: %s',
    async (_, engine) => {
      expect(await engine.prepare(RULES, population)()).toEqual(
        await ours.prepare(RULES, population)(),
      );
    },
  );
});
