import { TaskStream } from '@backstage/plugin-scaffolder-react';
import { formatElapsed } from './elapsed';
import { explainFailure } from './explainFailure';
import { runState, runSteps } from './runSteps';

describe('the time of a step', () => {
  it.each([
    [-5, 'under 1 s'],
    [430, 'under 1 s'],
    [9_960, '10 s'],
    [59_400, '59 s'],
    [59_700, '1 min 0 s'],
    [185_000, '3 min 5 s'],
    [3_599_600, '1 h 0 min'],
    [7_800_000, '2 h 10 min'],
  ])('of %d ms is %s', (millis, words) => {
    expect(formatElapsed(millis)).toBe(words);
  });
});

describe('a failure', () => {
  it.each([
    [
      'ConflictError: name: there is already a repository acme/quotes',
      /another name/,
    ],
    [
      'InputError: Invalid input passed to action fetch:template',
      /correct that answer/,
    ],
    ['HttpError: API rate limit exceeded (403)', /in a few minutes/],
    ['NotAllowedError: Unauthorized', /grants access/],
    ['connect ECONNREFUSED 127.0.0.1:7009', /did not answer/],
    [
      'ConflictError: The repository acme/quotes was begun with other answers, and nothing in it is overwritten',
      /another name/,
    ],
    [
      'ServiceUnavailableError: Could not protect main of acme/quotes: the forge did not answer (terminated)',
      /did not answer/,
    ],
    ['Something odd', /goes on where it stopped/],
  ])('"%s" says what to do', (message, advice) => {
    const explanation = explainFailure(message, 'Make the repository');
    expect(explanation.what).toContain('“Make the repository” failed');
    expect(explanation.advice).toMatch(advice);
  });
});

const task = {
  id: '1',
  status: 'processing',
  createdAt: '2026-11-22T10:00:00.000Z',
  spec: { steps: [{ id: 'write', name: 'Write' }], parameters: {} },
} as unknown as TaskStream['task'];

function stream(changes: Partial<TaskStream>): TaskStream {
  return {
    cancelled: false,
    loading: false,
    completed: false,
    task,
    steps: {},
    stepLogs: {},
    ...changes,
  };
}

describe('a run', () => {
  it.each([
    ['running', {}],
    ['loading', { task: undefined }],
    ['completed', { completed: true }],
    ['cancelled', { cancelled: true, completed: true, error: failure() }],
    ['failed', { completed: true, error: failure() }],
    ['disconnected', { completed: true, error: new Error('network') }],
    ['unreadable', { task: undefined, error: new Error('Not found') }],
  ])('is %s', (state, changes) => {
    expect(runState(stream(changes))).toBe(state);
  });

  it('shows its log without colours and instants, and no end of an earlier attempt', () => {
    const [step] = runSteps(
      stream({
        steps: {
          write: {
            id: 'write',
            status: 'processing',
            startedAt: '2026-11-22T10:00:05.000Z',
            endedAt: '2026-11-22T10:00:02.000Z',
          },
        },
        stepLogs: {
          write: ['2026-11-22T10:00:05.000Z \u001b[32minfo\u001b[39m: Begins'],
        },
      }),
    );
    expect(step.endedAt).toBeUndefined();
    expect(step.log).toEqual(['info: Begins']);
  });
});

const threeSteps = {
  ...task,
  spec: {
    steps: ['check', 'write', 'publish'].map(id => ({ id, name: id })),
    parameters: {},
  },
} as unknown as TaskStream['task'];

describe('the steps of a run', () => {
  it.each([
    {
      ended: 'cancelled',
      changes: { cancelled: true, completed: true, error: failure() },
      known: ['completed', 'processing', undefined],
      shown: ['completed', 'cancelled', 'open'],
    },
    {
      ended: 'cut off',
      changes: { completed: true, error: failure() },
      known: ['skipped', 'processing', undefined],
      shown: ['skipped', 'failed', 'open'],
    },
    {
      ended: 'failed',
      changes: { completed: true, error: failure() },
      known: ['skipped', 'failed', 'skipped'],
      shown: ['skipped', 'failed', 'open'],
    },
    {
      ended: 'still running',
      changes: {},
      known: ['skipped', 'processing', undefined],
      shown: ['skipped', 'processing', 'open'],
    },
  ] as const)('say what became of them in one $ended', testCase => {
    const ids = ['check', 'write', 'publish'];
    const steps: TaskStream['steps'] = {};
    testCase.known.forEach((status, index) => {
      if (status) steps[ids[index]] = { id: ids[index], status };
    });
    const shown = runSteps(
      stream({ ...testCase.changes, task: threeSteps, steps }),
    );
    expect(shown.map(({ status }) => status)).toEqual(testCase.shown);
  });
});

/** What the last event of a failed run holds: data, not an `Error`. */
function failure() {
  return { name: 'Error', message: 'No' };
}
