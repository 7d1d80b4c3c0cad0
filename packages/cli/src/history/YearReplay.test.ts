import { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import { ConfigReader } from '@backstage/config';
import { Entity } from '@backstage/catalog-model';
import {
  HistoryReplay,
  ResultReader,
} from '@waymark/scorecards-backend/engine';
import { EntitySnapshot } from '@waymark/waymark-common';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HistoryFile } from './HistoryFile';
import { YearReplay } from './YearReplay';

jest.setTimeout(60_000);

const FROM = new Date('2025-03-01T00:00:00Z');
const TO = new Date('2025-03-30T00:00:00Z');
const on = (day: number) => new Date(Date.UTC(2025, 2, day));
const API = 'component:default/api';

const definition = (kind: string, name: string, spec: object): Entity => ({
  apiVersion: 'waymark.dev/v1',
  kind,
  metadata: { name },
  spec: { owner: 'group:default/platform', ...spec } as Entity['spec'],
});
const source = (id: string, field: string) =>
  definition('FactSource', id, {
    id,
    appliesTo: { kind: 'Component' },
    staleAfter: 'P1D',
    writers: [{ collector: id }],
    schema: {
      type: 'object',
      required: [field],
      properties: { [field]: {} },
    },
  });
const DEFINITIONS = [
  source('git', 'readme'),
  source('github', 'reviewed'),
  source('catalog', 'owner'),
  definition('Scorecard', 'basics', {
    appliesTo: { kind: 'Component' },
    levels: [{ id: 'bronze', title: 'Bronze' }],
    checks: ['facts.git.readme == true', 'facts.github.reviewed == true'].map(
      (rule, index) => ({
        ...{ id: `check-${index}`, title: 'Check', level: 'bronze' },
        ...{ because: 'We say so.', rule },
      }),
    ),
  }),
];

const api = (owner: string): EntitySnapshot => ({
  sequence: 1,
  ref: API,
  uid: 'api',
  kind: 'component',
  owner,
  ownerPath: [owner],
  inherits: false,
  validFrom: TO.toISOString(),
  entity: { apiVersion: 'v1', kind: 'Component', metadata: { name: 'api' } },
});
const said = (payload: { readme?: boolean; reviewed?: boolean }) =>
  new Map([[API, { payload }]]);

const noLogger: LoggerService = {
  error: () => {},
  warn: () => {},
  info: () => {},
  debug: () => {},
  child: () => noLogger,
};

it('lives through pushes in their order, keeps facts believed, and gives each change its own cause', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'waymark-year-'));
  const file = HistoryFile.fromConfig(
    new ConfigReader({
      backend: {
        database: {
          client: 'better-sqlite3',
          connection: { directory: folder },
        },
      },
    }),
  );
  try {
    const knex = await file.begin();
    const replay = await HistoryReplay.begin({
      database: { getClient: async () => knex },
      logger: noLogger,
      auth: { getOwnServiceCredentials: async () => ({}) } as AuthService,
      from: FROM,
    });
    const push = (at: Date, owner: string | undefined, readme: boolean) => ({
      at,
      snapshots: owner ? [api(owner)] : [],
      deleted: [],
      facts: new Map(said({ readme })),
    });
    await YearReplay.run(replay, {
      from: FROM,
      to: TO,
      base: [],
      pushes: [
        push(on(20), 'group:default/b', true),
        push(FROM, 'group:default/a', false),
        push(on(10), undefined, true),
      ],
      definitions: [{ at: FROM, definitions: DEFINITIONS }],
      constant: new Map([['github', said({ reviewed: true })]]),
    });
    await replay.end();
    const results = await ResultReader.of(knex).history(1, { limit: 10 });
    const shown = results.map(({ validFrom, cause, level }) => [
      validFrom,
      cause,
      level,
    ]);
    // Facts are believed for a day only, and nobody ever looked later than that.
    expect(shown).toEqual([
      [on(20), 'scope', 0],
      [on(10), 'fact', 0],
      [on(1), 'new', -1],
    ]);
    expect(replay.now).toEqual(TO);
    expect(await replay.nextDue()).toEqual(expect.any(Date));
    expect(await knex('replayed_history')).toEqual([
      { id: 1, valid_from: FROM.getTime(), valid_to: TO.getTime() },
    ]);
  } finally {
    await file.abandon();
    await rm(folder, { recursive: true });
  }
});
