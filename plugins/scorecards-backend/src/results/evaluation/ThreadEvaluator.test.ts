import threads from 'node:worker_threads';
import { aFactSource, aScorecard } from '../__testUtils__/TestDefinitions';
import type { Batch } from './batch';
import type { DefinitionSet } from './definitionSet';
import { LocalEvaluator } from './Evaluator';
import { ThreadEvaluator } from './ThreadEvaluator';
import {
  factSourceSpecSchema,
  scorecardSpecSchema,
} from '@waymark/scorecards-common';

jest.setTimeout(120_000);

const NOW = Date.parse('2026-03-01T12:00:00Z');

const setOf = (version: string, rule: string): DefinitionSet => ({
  version,
  scorecards: [
    {
      definitionId: 1,
      scorecardId: 2,
      layoutId: 3,
      name: 'quality',
      spec: scorecardSpecSchema.parse(aScorecard([{ id: 'readme', rule }])),
    },
  ],
  sources: [
    {
      sourceId: 4,
      spec: factSourceSpecSchema.parse({
        id: 'git',
        ...aFactSource({ readme: { type: 'boolean' } }),
      }),
    },
  ],
  layouts: [{ id: 3, scorecardId: 2, levels: ['bronze'], checks: ['readme'] }],
});

const BATCH: Batch = {
  leased: [1, 2].map(entityId => ({
    ...{ entityId, generation: 1, cause: 'new', detail: null },
  })),
  now: NOW,
  entities: '[1,7,{"kind":"Component"}],[2,7,{"kind":"Component"}]',
  facts: `[1,4,${NOW},{"readme":true}]`,
  outages: null,
  current: null,
  due: null,
  exemptions: null,
};

describe('the thread that evaluates', () => {
  it('gives what an evaluation here gives, by the definitions of each batch', async () => {
    const thread = ThreadEvaluator.create();
    const local = LocalEvaluator.create();
    try {
      for (const [version, rule, expected] of [
        ['1', 'facts.git.readme', ['0', '3']],
        ['1', 'facts.git.readme', ['0', '3']],
        ['2', '!facts.git.readme', ['2', '3']],
      ] as const) {
        const set = setOf(version, rule);
        const differences = await thread.evaluate(set, BATCH);
        expect(differences.results.results).toEqual(expected);
        expect(differences).toEqual(await local.evaluate(set, BATCH));
      }
    } finally {
      await thread.close();
    }
  });

  it('keeps entities and facts for one definition after the other', async () => {
    const thread = ThreadEvaluator.create();
    const local = LocalEvaluator.create();
    const { entities, facts } = BATCH;
    const kept = { ...BATCH, entities: null, facts: null, kept: 'copy' };
    try {
      await thread.keep('copy', { entities, facts: null }, false);
      await thread.keep('copy', { entities: null, facts }, true);
      for (const rule of ['facts.git.readme', '!facts.git.readme']) {
        const set = setOf(rule, rule);
        expect(await thread.evaluate(set, kept)).toEqual(
          await local.evaluate(set, BATCH),
        );
      }
      await thread.forget('copy');
      const nothing = /Nothing is kept as "copy"/;
      await expect(thread.evaluate(setOf('1', 'true'), kept)).rejects.toThrow(
        nothing,
      );
      await expect(
        thread.keep('copy', { entities, facts }, true),
      ).rejects.toThrow(nothing);
    } finally {
      await thread.close();
    }
  });

  it('fails a batch that cannot be read, and goes on with the next', async () => {
    const thread = ThreadEvaluator.create();
    const set = setOf('1', 'facts.git.readme');
    try {
      await expect(
        thread.evaluate(set, { ...BATCH, facts: 'no JSON' }),
      ).rejects.toThrow('no JSON');
      expect((await thread.evaluate(set, BATCH)).results.entity_id).toEqual([
        1, 2,
      ]);
    } finally {
      await thread.close();
    }
  });

  it('is replaced when it dies, and only the batch that it was at fails', async () => {
    const started: threads.Worker[] = [];
    const { Worker } = threads;
    const start = jest
      .spyOn(threads, 'Worker')
      .mockImplementation((...options) => {
        const worker = new Worker(...options);
        started.push(worker);
        return worker;
      });
    const thread = ThreadEvaluator.create();
    const set = setOf('1', 'facts.git.readme');
    try {
      await thread.evaluate(set, BATCH);
      // Before it is asked: a thread that is quick would have answered.
      const ended = started[0].terminate();
      const asked = [thread.evaluate(set, BATCH), thread.evaluate(set, BATCH)];
      const [failed, after] = await Promise.allSettled(asked);
      await ended;
      expect(failed).toMatchObject({
        status: 'rejected',
        reason: { message: 'The thread that evaluates ended with code 1' },
      });
      expect(after).toEqual({
        status: 'fulfilled',
        value: await LocalEvaluator.create().evaluate(set, BATCH),
      });
      expect(started).toHaveLength(2);
    } finally {
      start.mockRestore();
      await thread.close();
    }
  });

  it('fails what it has when it is closed', async () => {
    const thread = ThreadEvaluator.create();
    const set = setOf('1', 'facts.git.readme');
    const asked = [thread.evaluate(set, BATCH), thread.evaluate(set, BATCH)];
    const [outcomes] = await Promise.all([
      Promise.allSettled(asked),
      thread.close(),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual([
      'rejected',
      'rejected',
    ]);
  });
});
