import { Exemption, ExemptionState } from '@waymark/scorecards-common';
import { exemption } from '../__testUtils__/exemptions';
import { ExemptionFilter } from './ExemptionsApi';
import { openSubjects, othersOf } from './openSubjects';

const of = (state: ExemptionState, ...names: string[]): Exemption =>
  exemption(names[0], {
    state,
    records: names.map(name => ({
      subject: `component:default/${name}`,
      state,
    })),
  });

describe('entities that have an exemption of a check', () => {
  it('are those of every page that are asked for or exempt, and not those whose own has ended', async () => {
    const [ended] = of('revoked', 'ended').records;
    const partly = of('approved', 'exempt');
    const pages: Record<string, Exemption[][]> = {
      requested: [[of('requested', 'asked', 'too')], [of('requested', 'late')]],
      approved: [[{ ...partly, records: [...partly.records, ended] }]],
    };
    const asked: ExemptionFilter[] = [];
    const open = await openSubjects(
      {
        listExemptions: async filter => {
          asked.push(filter);
          const { state, cursor = '0' } = filter;
          const next = Number(cursor) + 1;
          return {
            items: pages[state!][Number(cursor)],
            ...(next < pages[state!].length && { cursor: String(next) }),
          };
        },
      },
      { scorecard: 'quality', check: 'runbook' },
      {},
    );
    expect([...open]).toEqual(
      ['asked', 'too', 'late', 'exempt'].map(
        name => `component:default/${name}`,
      ),
    );
    expect(asked).toHaveLength(3);
    expect(asked[0]).toMatchObject({ scorecard: 'quality', check: 'runbook' });
  });
});

describe('the others of a request', () => {
  it('are as many as fit into it, without those that have an exemption', () => {
    const failing = Array.from({ length: 500 }, (_, n) => `component:a/${n}`);
    expect(othersOf('component:a/x', failing, new Set())).toEqual(
      failing.slice(0, 499),
    );
    expect(
      othersOf('component:a/0', failing, new Set(['component:a/1'])),
    ).toEqual(failing.slice(2));
  });
});
