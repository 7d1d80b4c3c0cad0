import { mockServices } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { Ledger } from '@waymark/ledger-node';
import { ManualClock, testDatabases } from '@waymark/waymark-node/testUtils';
import { aSnapshot } from '../__testUtils__/aSnapshot';
import {
  aFactSource,
  aScorecard,
  locationOf,
} from '../__testUtils__/definitions';
import { migrated } from '../__testUtils__/migrated';
import { EntityStore } from '../entities/EntityStore';
import { DIRTY } from '../results/dirty';
import { Adopter } from './Adopter';
import { DefinitionStore } from './DefinitionStore';

jest.setTimeout(60_000);

const databases = testDatabases();
const START = '2026-03-01T12:00:00.000Z';
const README = 'facts.git.readme';

const matching = (pattern: RegExp): string => expect.stringMatching(pattern);

describe.each(databases.eachSupportedId())('adopting on %s', id => {
  async function create() {
    const knex = await migrated(databases, id);
    const clock = ManualClock.at(START);
    const logger = mockServices.logger.mock();
    const ledger = await Ledger.create({
      database: mockServices.database({ knex }),
    });
    await knex.transaction(tx =>
      EntityStore.of(knex).apply(
        tx,
        { snapshots: [aSnapshot('api'), aSnapshot('web')], deleted: [] },
        clock.now(),
      ),
    );
    let present: Entity[] = [];
    const adopter = () =>
      Adopter.create({
        knex,
        clock,
        logger,
        ledger,
        auth: mockServices.auth(),
        auditors: new Set(['group:default/audit']),
        catalog: {
          streamEntities: (...request) =>
            catalogServiceMock({ entities: present }).streamEntities(
              ...request,
            ),
        },
      });
    const store = DefinitionStore.of(knex);
    const first = adopter();
    /** Has the catalog show these definitions and nothing else, and looks at it. */
    const show = async (...entities: Entity[]) => {
      present = entities;
      await first.runOnce();
    };
    /** Names and numbers of what is in force. */
    const inForce = async (asOf?: string) => {
      const { scorecards, factSources } = await store.inForce(
        asOf === undefined ? undefined : new Date(asOf),
      );
      return [...factSources, ...scorecards].map(one => [one.name, one.id]);
    };
    const refusals = async () =>
      (await store.refusals()).map(({ ref, problems }) => [
        ref,
        problems.map(({ path, reason }) => `${path}: ${reason}`),
      ]);
    const log = async () => {
      await ledger.integrate();
      const entries = await ledger.entries({ limit: 100 });
      return entries.map(({ type, record }) => [type, record?.ref]);
    };
    const marks = async () => {
      const rows = await knex(DIRTY).orderBy('entity_id');
      await knex(DIRTY).delete();
      return rows.map(row => [row.entity_id, row.cause, row.detail]);
    };
    const tables = {
      knex,
      rows: async () => [
        await knex('definitions').orderBy('id'),
        await knex('definition_head'),
        await knex('ledger_queue').select('type'),
      ],
    };
    const parts = { clock, logger, ledger, store, adopter, tables };
    return { ...parts, show, inForce, refusals, log, marks };
  }

  it('refuses a scorecard whose exemptions only auditors could approve', async () => {
    const { show, inForce, refusals } = await create();
    const git = aFactSource('git');
    const also = (group: string) => ({
      exemptions: { maxDays: 90, also: [{ when: README, group }] },
    });
    await show(
      git,
      aScorecard('basics', [README], also('group:default/audit')),
    );
    expect(await refusals()).toEqual([
      [
        'scorecard:default/basics',
        [
          'spec.exemptions.also[0].group: group:default/audit audits, and decides nothing: no exemption could ever be approved',
        ],
      ],
    ]);
    await show(git, aScorecard('basics', [README], also('group:default/risk')));
    expect(await refusals()).toEqual([]);
    expect((await inForce()).map(([name]) => name)).toContain('basics');
  });

  it('applies what the catalog has, and every version stays known', async () => {
    const { clock, store, ledger, log, show, inForce, marks, tables } =
      await create();
    const git = aFactSource('git', {}, { title: 'Git' });
    const v1 = aScorecard('basics', [README]);
    const v2 = aScorecard('basics', [README, 'facts.git.tests > 3']);
    await show(v1, git);
    expect(await marks()).toEqual([
      [1, 'definition', 'basics, the-git'],
      [2, 'definition', 'basics, the-git'],
    ]);
    const before = await tables.rows();
    const version = await store.version();
    await show(git, v1);
    expect(await tables.rows()).toEqual(before);
    expect(await store.version()).toBe(version);
    expect((await store.inForce()).factSources).toEqual([
      {
        id: 1,
        kind: 'FactSource',
        name: 'the-git',
        ref: 'factsource:default/the-git',
        title: 'Git',
        hash: expect.stringMatching(/^[0-9a-f]{64}$/),
        spec: { ...git.spec, writers: [], retention: 'operational' },
        validFrom: new Date(START),
      },
    ]);
    expect(await store.inForce()).toBe(await store.inForce());

    clock.advance('PT1H');
    await show(git, v2);
    expect(await marks()).toEqual([
      [1, 'definition', 'basics'],
      [2, 'definition', 'basics'],
    ]);
    expect(await store.version()).not.toBe(version);
    expect(await inForce()).toEqual([
      ['the-git', 1],
      ['basics', 3],
    ]);
    expect(await inForce('2026-03-01T12:59:59.999Z')).toEqual([
      ['the-git', 1],
      ['basics', 2],
    ]);
    expect(await inForce('2026-03-01T11:59:59.999Z')).toEqual([]);
    expect((await store.byName('Scorecard', 'basics'))?.id).toBe(3);
    expect(
      (await store.byName('Scorecard', 'basics', new Date(START)))?.id,
    ).toBe(2);
    expect(await store.byName('Scorecard', 'the-git')).toBeUndefined();
    const versions = await store.byIds([3, 2, 9]);
    expect(versions).toEqual([
      expect.objectContaining({ id: 2, validTo: clock.now() }),
      expect.objectContaining({ id: 3 }),
    ]);

    // Another title is another version, but changes no result.
    await show(git, { ...v2, metadata: { ...v2.metadata, title: 'Basics' } });
    expect(await inForce()).toEqual([
      ['the-git', 1],
      ['basics', 4],
    ]);
    expect(await marks()).toEqual([]);
    expect(await log()).toEqual([
      ['definition.adopted', 'factsource:default/the-git'],
      ['definition.adopted', 'scorecard:default/basics'],
      ['definition.adopted', 'scorecard:default/basics'],
      ['definition.adopted', 'scorecard:default/basics'],
    ]);
    expect((await ledger.entries({ from: 2, limit: 1 }))[0].record).toEqual({
      kind: 'Scorecard',
      name: 'basics',
      ref: 'scorecard:default/basics',
      hash: versions[1].hash,
      location: locationOf('basics'),
      replaces: versions[0].hash,
    });
  });

  it.each<[string, Entity, ...string[]]>([
    [
      'an unknown fact path',
      aScorecard('basics', [README, 'facts.git.readmy']),
      matching(
        /^spec\.checks\[1\]\.rule: line 1, column \d+: unknown fact git\.readmy: did you mean git\.readme\?$/,
      ),
    ],
    [
      'a fact source that nobody declares',
      aScorecard('basics', ['facts.gti.readme']),
      matching(
        /^spec\.checks\[0\]\.rule: line 1, column \d+: unknown fact gti: did you mean git\?$/,
      ),
    ],
    [
      'a rule that is no truth value',
      aScorecard('basics', ['facts.git.tests']),
      'spec.checks[0].rule: line 1, column 1: must be true or false, not int',
    ],
    [
      'a level twice',
      aScorecard('basics', [README], {
        levels: ['bronze', 'bronze'].map(level => ({
          id: level,
          title: level,
        })),
      }),
      'spec.levels[1].id: repeats "bronze" of levels[0]; ids must be unique',
    ],
    [
      'no levels',
      aScorecard('basics', [README], { levels: [] }),
      'spec.levels: must have at least 1 entry',
      'spec.checks[0].level: "bronze" is not a level of this scorecard ()',
    ],
    [
      'a level that is missing',
      aScorecard('basics', [README], {
        levels: [{ id: 'gold', title: 'Gold' }],
      }),
      'spec.checks[0].level: "bronze" is not a level of this scorecard (gold)',
    ],
    [
      'a rule of a megabyte',
      aScorecard('basics', [`'${'x'.repeat(1024 * 1024)}' == ''`]),
      matching(/^spec\.checks\[0\]\.rule: .{1,200}$/),
    ],
    [
      'a regular expression that could take for ever',
      aScorecard('basics', ["entity.metadata.name.matches('^(a+)+\\\\1$')"]),
      matching(/^spec\.checks\[0\]\.rule: line 1, column \d+: .*linear-time/),
    ],
  ])(
    'refuses %s with path and reason, and what was good stays',
    async (_, bad, ...problems) => {
      const { clock, store, show, inForce, refusals, marks, log, logger } =
        await create();
      await show(aFactSource('git'), aScorecard('basics', [README]));
      await marks();
      const good = await inForce();
      const logged = (await log()).length;
      clock.advance('PT1H');
      await show(aFactSource('git'), bad);
      expect(await inForce()).toEqual(good);
      expect(await refusals()).toEqual([
        ['scorecard:default/basics', problems],
      ]);
      expect(await store.refusals()).toEqual([
        expect.objectContaining({
          location: locationOf('basics'),
          refusedAt: clock.now(),
        }),
      ]);
      expect(logger.warn).toHaveBeenCalledWith(
        expect.stringContaining(
          `Refused scorecard:default/basics of ${locationOf('basics')}: spec.`,
        ),
      );
      expect(await marks()).toEqual([]);
      expect((await log()).length).toBe(logged);

      await show(aFactSource('git'), aScorecard('basics', [README]));
      expect(await refusals()).toEqual([]);
      expect(await inForce()).toEqual(good);
    },
  );

  it('tells what the catalog could not take of a newer version', async () => {
    const { show, inForce, refusals } = await create();
    const message = 'InputError: basics.yaml: spec.checks: is missing';
    await show(aFactSource('git'), {
      ...aScorecard('basics', [README]),
      status: {
        items: [
          {
            type: 'backstage.io/catalog-processing',
            level: 'error',
            message,
          },
          { type: 'else', level: 'error', message: 'Something else' },
        ],
      },
    } as Entity);
    expect(await inForce()).toEqual([
      ['the-git', 1],
      ['basics', 2],
    ]);
    expect(await refusals()).toEqual([
      ['scorecard:default/basics', [`: ${message}`]],
    ]);
  });

  it('keeps what has vanished for a day, and then ends it', async () => {
    const { clock, store, show, inForce, marks, log } = await create();
    const all = [aFactSource('git'), aScorecard('basics', [README])];
    await show(...all);
    const versions = await inForce();
    await marks();
    clock.advance('PT1H');
    const gone = clock.now();
    await show();
    clock.advance('PT23H59M59S');
    await show();
    expect(await inForce()).toEqual(versions);
    const { scorecards, factSources } = await store.inForce();
    expect([...scorecards, ...factSources].map(one => one.goneSince)).toEqual([
      gone,
      gone,
    ]);

    await show(...all);
    expect(await inForce()).toEqual(versions);
    expect((await store.inForce()).scorecards[0].goneSince).toBeUndefined();
    expect(await marks()).toEqual([]);

    await show();
    clock.advance('P1D');
    await show();
    expect(await inForce()).toEqual([]);
    expect(await marks()).toEqual([
      [1, 'definition', 'basics, the-git'],
      [2, 'definition', 'basics, the-git'],
    ]);
    expect((await log()).slice(2)).toEqual([
      ['definition.ended', 'factsource:default/the-git'],
      ['definition.ended', 'scorecard:default/basics'],
    ]);

    await show(...all);
    expect(await inForce()).toEqual([
      ['the-git', 3],
      ['basics', 4],
    ]);
  });

  it('checks scorecards anew when a fact source changes', async () => {
    const { show, inForce, refusals, marks } = await create();
    const card = aScorecard('basics', [README]);
    const without = aFactSource('git', {
      schema: {
        type: 'object',
        required: ['tests'],
        properties: { tests: { type: 'integer' } },
      },
    });
    await show(aFactSource('git'), card);
    await marks();
    await show(without, card);
    expect(await inForce()).toEqual([
      ['the-git', 3],
      ['basics', 2],
    ]);
    expect(await refusals()).toEqual([
      [
        'scorecard:default/basics',
        [expect.stringMatching(/^spec\.checks\[0\]\.rule: .*readme/)],
      ],
    ]);
    expect(await marks()).toEqual([
      [1, 'definition', 'the-git'],
      [2, 'definition', 'the-git'],
    ]);
    await show(aFactSource('git'), card);
    expect(await refusals()).toEqual([]);
  });

  it('gives an id to one fact source alone, and on to the one that takes its place', async () => {
    const { show, inForce, refusals } = await create();
    const other = aFactSource('git', {}, { name: 'another' });
    await show(aFactSource('git'));
    await show(other, aFactSource('git'));
    expect(await inForce()).toEqual([['the-git', 1]]);
    expect(await refusals()).toEqual([
      [
        'factsource:default/another',
        ['spec.id: is that of factsource:default/the-git already'],
      ],
    ]);
    // A version that gives its id up while another claims the new one: both stay as they are.
    await show(aFactSource('git', { id: 'npm' }), aFactSource('npm'), other);
    expect(await inForce()).toEqual([
      ['another', 3],
      ['the-git', 2],
    ]);
    await show(other);
    await show(aFactSource('npm', {}, { name: 'later' }), other);
    expect(await inForce()).toEqual([
      ['another', 3],
      ['later', 4],
    ]);
    expect(await refusals()).toEqual([]);
    // The same name in another namespace.
    await show(
      aFactSource('npm', {}, { name: 'later' }),
      aFactSource('pip', {}, { name: 'later', namespace: 'a' }),
      other,
    );
    expect(await refusals()).toEqual([
      [
        'factsource:a/later',
        ['metadata.name: is that of factsource:default/later already'],
      ],
    ]);
  });

  it('adopts each version once, however many replicas do', async () => {
    const { show, adopter, inForce, log, tables, clock } = await create();
    const several = [1, 2, 3].map(() => adopter());
    await show(aFactSource('git'));
    await tables.knex('definitions').delete();
    clock.advance('-PT1H');
    await Promise.all(several.map(one => one.runOnce()));
    expect(await inForce()).toEqual([['the-git', expect.any(Number)]]);
    expect(await log()).toHaveLength(2);
    const [row] = await tables.knex('definitions');
    // The clock went back, the record did not.
    expect(Number(row.valid_from)).toBe(Date.parse(START));
  });

  it('changes nothing when the ledger cannot be told', async () => {
    const { show, inForce, ledger, marks } = await create();
    jest
      .spyOn(ledger, 'append')
      .mockRejectedValueOnce(new Error('No room for more'));
    await expect(show(aFactSource('git'))).rejects.toThrow('No room for more');
    expect(await inForce()).toEqual([]);
    expect(await marks()).toEqual([]);
  });
});
