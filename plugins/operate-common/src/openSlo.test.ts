import { summarizeOpenSlo } from './openSlo';

function slo(spec: object) {
  return {
    apiVersion: 'openslo/v1',
    kind: 'SLO',
    metadata: { name: 'availability', displayName: 'Availability' },
    spec: {
      service: 'checkout',
      timeWindow: [{ duration: '28d', isRolling: true }],
      budgetingMethod: 'Occurrences',
      objectives: [{ target: 0.999 }],
      ...spec,
    },
  };
}

describe('summarizeOpenSlo', () => {
  it('gives one line per objective and passes over other kinds', () => {
    expect(
      summarizeOpenSlo([
        { apiVersion: 'openslo/v1', kind: 'Service', metadata: {} },
        slo({}),
        slo({
          timeWindow: [
            { duration: '1M', calendar: { timeZone: 'Europe/Paris' } },
          ],
          objectives: [
            { displayName: 'p95', op: 'lte', value: 300, targetPercent: 99 },
          ],
        }),
      ]),
    ).toEqual([
      {
        name: 'Availability',
        objective: undefined,
        target: 0.999,
        window: '28d',
        rolling: true,
      },
      {
        name: 'Availability',
        objective: 'p95 ≤ 300',
        target: 0.99,
        window: '1M',
        rolling: false,
      },
    ]);
  });

  it.each([
    [[], 'holds no document with `kind: SLO`'],
    [[slo({ objectives: [{}] })], 'spec.objectives[0]: must have either'],
    [
      [slo({ objectives: [{ target: 99.9 }] })],
      'Invalid SLO (document 1): spec.objectives[0].target',
    ],
    [[slo({ timeWindow: undefined })], 'spec.timeWindow'],
  ])('refuses wrong documents and says why', (documents, message) => {
    expect(() => summarizeOpenSlo(documents)).toThrow(message);
  });
});
