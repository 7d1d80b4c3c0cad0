import { testDatabases } from '@waymark/waymark-node/testUtils';
import { Knex } from 'knex';
import { createIntake, world } from '../intake/__testUtils__/createIntake';
import { AttestationIntake } from './AttestationIntake';
import { parseAttestations } from './parseAttestations';

jest.setTimeout(120_000);

const file = (...facts: string[]) => `
apiVersion: waymark.dev/v1
kind: Facts
facts:
${facts.map(fact => `  - ${fact}`).join('\n')}
`;
const fact = ({
  entityRef = 'component:default/wallet',
  source = 'scan',
  payload = '{ passed: true, findings: [] }',
  rest = 'observedAt: 2026-02-27',
} = {}) =>
  `{ entityRef: '${entityRef}', source: ${source}, payload: ${payload}, ${rest} }`;

describe('an attestation file', () => {
  it('says what is so, since when, and where that can be seen', () => {
    const provenance = {
      commit: 'abcdef0123',
      url: 'https://forge.example/acme/wallet/blob/abcdef0123/.waymark/facts.yaml',
    };
    const own = 'https://wiki.example/audit';
    expect(
      parseAttestations(
        file(
          fact(),
          fact({
            entityRef: 'component:ledger',
            rest: `observedAt: '2026-02-27T10:00:00+02:00', url: '${own}'`,
          }),
        ),
        provenance,
      ),
    ).toEqual({
      ok: true,
      facts: [
        {
          entityRef: 'component:default/wallet',
          source: 'scan',
          payload: { passed: true, findings: [] },
          observedAt: new Date('2026-02-27T00:00:00Z'),
          ...provenance,
        },
        {
          entityRef: 'component:ledger',
          source: 'scan',
          payload: { passed: true, findings: [] },
          observedAt: new Date('2026-02-27T08:00:00Z'),
          ...provenance,
          url: own,
        },
      ],
    });
    expect(parseAttestations(file('').replace('- ', '[]'))).toEqual({
      ok: true,
      facts: [],
    });
  });

  it.each<[string, string, string, RegExp]>([
    ['nothing', '', '', /must be an object with keys, not empty/],
    ['what is no YAML', 'facts: [', '', /at line 1/],
    [
      'a key twice',
      `${file(fact())}kind: Facts\n`,
      '',
      /Map keys must be unique at line 6/,
    ],
    ['a tag that nobody knows', 'a: !!js/eval x', '', /Unresolved tag/],
    ['two documents', `${file(fact())}---\na: 1\n`, '', /multiple documents/],
    [
      'another kind',
      file(fact()).replace('Facts', 'Fact'),
      'kind',
      /must be "Facts", not "Fact"/,
    ],
    [
      'a fact without a date',
      file(fact({ rest: '' })),
      'facts[0].observedAt',
      /is missing, expected text/,
    ],
    [
      'a date that is none',
      file(fact(), fact({ source: 'other', rest: 'observedAt: 2026-02-30' })),
      'facts[1].observedAt',
      /must be a date such as 2026-01-31, or an instant/,
    ],
    [
      'a field that is not known',
      file(fact({ rest: 'observedAt: 2026-02-27, comit: abc' })),
      'facts[0].comit',
      /unknown key/,
    ],
    [
      'one entity and source twice',
      file(fact(), fact({ entityRef: 'Component:wallet' })),
      'facts[1]',
      /facts\[0\] is of the same entity and source/,
    ],
    [
      'what JSON has no number for',
      file(fact({ payload: '{ score: .nan }' })),
      '',
      /NaN is no number that JSON has/,
    ],
    [
      'anchors within anchors',
      `a: &a [x, x, x, x, x, x, x, x, x]\n${'bcdefghi'
        .split('')
        .map((name, index) => {
          const before = 'abcdefgh'[index];
          return `${name}: &${name} [${Array(9).fill(`*${before}`)}]`;
        })
        .join('\n')}`,
      '',
      /Excessive alias count/,
    ],
    ['100,000 lists within each other', '['.repeat(100_000), '', /./],
    [
      '300 KB',
      `# ${'x'.repeat(300_000)}`,
      '',
      /must not be larger than 262144/,
    ],
  ])('is refused for %s', (_, text, path, reason) => {
    const result = parseAttestations(text);
    expect(result).toMatchObject({
      ok: false,
      problems: [{ path, reason: expect.stringMatching(reason) }],
    });
    expect(JSON.stringify(result).length).toBeLessThan(1_000);
  });
});

const databases = testDatabases();

describe.each(databases.eachSupportedId())('attestations on %s', id => {
  const repository = {
    host: 'forge.example',
    owner: 'acme',
    repository: 'wallet',
  };
  let knex: Knex;
  beforeAll(async () => {
    knex = await databases.init(id);
  });

  it('are written for the entities of their repository, each by itself', async () => {
    const { intake, facts, dirty } = await createIntake(knex, world());
    const attestations = AttestationIntake.create({ intake });
    const taken = await attestations.take({
      repository,
      text: file(
        fact({ entityRef: 'component:ledger' }),
        fact(),
        fact({ source: 'inventory' }),
      ),
      commit: 'abcdef0123',
    });
    expect(
      taken.map(({ outcome }) =>
        outcome.ok ? outcome.written.outcome : outcome.error.message,
      ),
    ).toEqual([
      'facts[0].entityRef: attestation:forge.example/acme/wallet may not write about component:default/ledger',
      'changed',
      expect.stringMatching(/^facts\[2\]\.source: "inventory" does not name/),
    ]);
    expect(await facts()).toHaveLength(1);
    expect(await dirty()).toEqual([[1, 'fact', 'scan']]);
    expect(await knex('facts').first()).toMatchObject({
      collector: 'attestation:forge.example/acme/wallet',
      commit: 'abcdef0123',
      observed_at: expect.anything(),
    });
  });

  it('are refused together when the file cannot be read', async () => {
    const { intake } = await createIntake(knex, world());
    await expect(
      AttestationIntake.create({ intake }).take({
        repository,
        text: file(fact(), fact()),
      }),
    ).rejects.toThrow(
      '.waymark/facts.yaml: facts[1]: facts[0] is of the same entity and source',
    );
  });
});
