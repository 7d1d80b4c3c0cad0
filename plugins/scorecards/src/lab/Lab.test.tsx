import { EditorView } from '@codemirror/view';
import { startCompletion } from '@codemirror/autocomplete';
import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import { catalogApiRef, entityRouteRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import {
  LogEvent,
  ScaffolderApi,
  scaffolderApiRef,
} from '@backstage/plugin-scaffolder-react';
import {
  CheckProof,
  FactSourceList,
  factSourceSpecSchema,
  LabAnswer,
} from '@waymark/scorecards-common';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Route, Routes } from 'react-router-dom';
import { NOW, quality } from '../__testUtils__/scorecards';
import { scorecardsApiRef } from '../api/ScorecardsApi';
import { ScorecardsPages } from '../pages/ScorecardsPages';
import { rootRouteRef } from '../routes';
import { LabApi, labApiRef } from './api/LabApi';

// jsdom does not lay out, so a range has no place.
Range.prototype.getClientRects = () => [] as unknown as DOMRectList;
Range.prototype.getBoundingClientRect = () => new DOMRect();

const git: FactSourceList['items'][number] = {
  ref: 'factsource:default/git',
  id: 'git',
  title: 'Git',
  status: 'adopted',
  problems: [],
  inForce: { hash: 'f', since: NOW },
  spec: factSourceSpecSchema.parse({
    id: 'git',
    owner: 'group:default/platform',
    appliesTo: { kind: 'Component' },
    staleAfter: 'P1D',
    schema: {
      type: 'object',
      required: ['testFiles'],
      additionalProperties: false,
      properties: {
        testFiles: { type: 'integer', description: 'How many tests.' },
      },
    },
  }),
};

const definition = {
  apiVersion: 'waymark.dev/v1',
  kind: 'Scorecard',
  metadata: { name: 'quality', title: 'Quality', namespace: 'default' },
  spec: {
    owner: 'group:default/platform',
    appliesTo: { kind: 'Component' },
    levels: [{ id: 'gold', title: 'Gold' }],
    checks: [
      {
        id: 'tests',
        title: 'It has tests',
        level: 'gold',
        rule: 'facts.git.testFiles > 0',
        because: 'Every change is a bet.',
      },
    ],
  },
};

const gold = {
  rated: true,
  level: 'gold',
  levelTitle: 'Gold',
  rank: 0,
  points: 1,
  confidence: 1,
};
const none = { ...gold, level: null, levelTitle: null, rank: -1, points: 0 };

/** As the backend would answer: with the threshold of the definition. */
function answerOf(isStrict: boolean): LabAnswer {
  return {
    scorecard: 'quality',
    asOf: NOW,
    summary: {
      entities: 2,
      before: 2,
      changed: isStrict ? 1 : 0,
      up: 0,
      down: isStrict ? 1 : 0,
      enters: 0,
      leaves: 0,
      teams: isStrict ? 1 : 0,
      levels: isStrict
        ? [
            {
              from: 'gold',
              fromTitle: 'Gold',
              to: null,
              toTitle: null,
              direction: 'down',
              entities: 1,
            },
          ]
        : [],
      owners: [],
    },
    checks: [
      {
        id: 'tests',
        title: 'It has tests',
        level: 'gold',
        before: { pass: 2 },
        after: isStrict ? { pass: 1, fail: 1 } : { pass: 2 },
        moves: isStrict ? [{ from: 'pass', to: 'fail', entities: 1 }] : [],
      },
    ],
    matching: 1,
    entities: [
      {
        entityRef: 'component:default/wallet',
        from: gold,
        to: isStrict ? none : gold,
        checks: [
          { check: 'tests', from: 'pass', to: isStrict ? 'fail' : 'pass' },
        ],
      },
    ],
  };
}

const proof: CheckProof = {
  entityRef: 'component:default/wallet',
  scorecard: 'quality',
  definition: 'h',
  asOf: NOW,
  pending: false,
  because: 'Every change is a bet.',
  result: {
    id: 'tests',
    title: 'It has tests',
    level: 'gold',
    weight: 1,
    gate: false,
    state: 'fail',
  },
  rule: {
    expression: 'facts.git.testFiles > 5',
    start: 0,
    end: 23,
    evaluated: true,
    value: false,
    children: [],
  },
  facts: [],
};

const isStrict = (sent: object) => JSON.stringify(sent).includes('> 5');

function fakeLab() {
  return {
    readFile: jest.fn<ReturnType<LabApi['readFile']>, [string]>(
      async () => undefined,
    ),
    ask: jest.fn<ReturnType<LabApi['ask']>, Parameters<LabApi['ask']>>(
      async sent => answerOf(isStrict(sent)),
    ),
    prove: jest.fn(async () => ({
      entityRef: 'component:default/wallet',
      scorecard: 'quality',
      asOf: NOW,
      standing: none,
      proofs: [proof],
    })),
  };
}

function render(options: {
  path?: string;
  lab?: Partial<LabApi>;
  scaffolder?: Partial<Record<keyof ScaffolderApi, unknown>>;
}) {
  const { path = '/scorecards/lab?scorecard=quality' } = options;
  renderInTestApp(
    <Routes>
      <Route
        path="/scorecards/*"
        element={<ScorecardsPages securityScorecard="quality" />}
      />
    </Routes>,
    {
      initialRouteEntries: [path],
      apis: [
        [
          scorecardsApiRef,
          {
            listScorecards: async () => ({ items: [quality] }),
            listFactSources: async () => [git],
          },
        ],
        [labApiRef, options.lab ?? fakeLab()],
        [
          scaffolderApiRef,
          (options.scaffolder ?? {}) as Partial<ScaffolderApi>,
        ],
        [catalogApiRef, catalogApiMock({ entities: [definition] })],
        [permissionApiRef, mockApis.permission()],
      ],
      mountedRoutes: {
        '/scorecards': rootRouteRef,
        '/catalog/:namespace/:kind/:name': entityRouteRef,
      },
    },
  );
}

async function theEditor() {
  const content = await screen.findByRole(
    'textbox',
    { name: 'Definition of the scorecard, YAML' },
    { timeout: 10_000 },
  );
  return EditorView.findFromDOM(content)!;
}

/** Writes in the place of what stands there. */
function write(view: EditorView, old: string, text: string) {
  const from = view.state.doc.toString().indexOf(old);
  expect(from).toBeGreaterThan(-1);
  act(() =>
    view.dispatch({ changes: { from, to: from + old.length, insert: text } }),
  );
}

const status = () =>
  screen
    .getAllByRole('status')
    .map(({ textContent }) => textContent)
    .join('\n');

beforeEach(() => sessionStorage.clear());

describe('the rule lab', () => {
  it('says while one writes what would be another, and leads to the proof of it', async () => {
    const lab = fakeLab();
    render({ lab });
    const view = await theEditor();
    expect(await screen.findByText('No entity changes.')).toBeVisible();
    expect(
      screen.getByRole('button', { name: 'Open a pull request' }),
    ).toBeDisabled();

    write(view, '> 0', '> 5');
    await screen.findByText('1 entity changes: 1 leave Gold, 1 team');
    expect(
      screen.getByRole('list', { name: 'Moves between levels' }),
    ).toHaveTextContent('Gold → No level1');
    await userEvent.click(
      screen.getByRole('button', {
        name: 'It has tests, Fail: 1, 1 more than today',
      }),
    );
    await waitFor(() =>
      expect(lab.ask.mock.lastCall?.[1]).toMatchObject({
        check: 'tests',
        to: 'fail',
      }),
    );
    await userEvent.click(
      screen.getByRole('switch', { name: 'Only what changes' }),
    );
    await waitFor(() =>
      expect(lab.ask.mock.lastCall?.[1]).toMatchObject({ moved: 'true' }),
    );
    expect(
      screen.getByRole('button', {
        name: 'Remove the filter It has tests: Fail',
      }),
    ).toBeVisible();

    await userEvent.click(screen.getByRole('button', { name: 'wallet' }));
    const dialog = await screen.findByRole('dialog');
    const rule = await within(dialog).findByRole('list', {
      name: 'Why it says so',
    });
    expect(rule).toHaveTextContent('facts.git.testFiles > 5false');
    expect(dialog).toHaveTextContent('TodayPassAs proposedFail');
  });

  it('marks what the checker refuses, leads there, and keeps the last good numbers', async () => {
    const lab = fakeLab();
    render({ lab });
    const view = await theEditor();
    await screen.findByText('No entity changes.');
    const asked = lab.ask.mock.calls.length;
    write(view, 'testFiles', 'testFile');
    const problem = await screen.findByRole('button', {
      name: /spec\.checks\[0\]\.rule: unknown fact git\.testFile: did you mean git\.testFiles\?/,
    });
    expect(status()).toContain('No entity changes.');
    expect(
      screen.getByText(
        'These are the numbers of the last text without problems.',
      ),
    ).toBeVisible();
    expect(
      await waitFor(() => {
        const mark = document.querySelector('.cm-lintRange-error');
        expect(mark).not.toBeNull();
        return mark;
      }),
    ).toHaveTextContent('testFile');
    await userEvent.click(problem);
    const { from, to } = view.state.selection.main;
    expect(view.state.sliceDoc(from, to)).toBe('testFile');
    expect(lab.ask.mock.calls).toHaveLength(asked);
  });

  it('completes facts with their types', async () => {
    render({});
    const view = await theEditor();
    const text = 'facts.git.';
    const from = view.state.doc.toString().indexOf(text) + text.length;
    act(() => {
      view.focus();
      view.dispatch({ selection: { anchor: from } });
      startCompletion(view);
    });
    const option = await screen.findByRole('option', { name: /testFiles/ });
    expect(option).toHaveTextContent('testFilesinteger');
  });

  it('keeps what was written through a reload, and starts again', async () => {
    sessionStorage.setItem(
      'waymark.scorecards.draft.lab.quality',
      JSON.stringify({ text: 'kind: Nothing', base: 'another' }),
    );
    render({});
    const view = await theEditor();
    expect(view.state.doc.toString()).toBe('kind: Nothing');
    expect(
      screen.getByText(/definition has changed since you began/),
    ).toBeVisible();
    const leaving = new Event('beforeunload', { cancelable: true });
    window.dispatchEvent(leaving);
    expect(leaving.defaultPrevented).toBe(true);
    await userEvent.click(
      screen.getByRole('button', { name: "Start again from today's" }),
    );
    await waitFor(() =>
      expect(view.state.doc.toString()).toContain('facts.git.testFiles > 0'),
    );
    expect(await screen.findByText('No entity changes.')).toBeVisible();
    expect(sessionStorage).toHaveLength(0);
  });

  it('begins a new scorecard with one that can be asked about', async () => {
    const lab = fakeLab();
    render({ path: '/scorecards/lab', lab });
    const view = await theEditor();
    expect(view.state.doc.toString()).toContain('name: my-scorecard');
    await waitFor(() =>
      expect(lab.ask.mock.lastCall?.[0].metadata.name).toBe('my-scorecard'),
    );
  });

  it('says what the backend refuses, and asks again', async () => {
    const ask = jest
      .fn(fakeLab().ask)
      .mockRejectedValueOnce(new Error('The database is asleep'));
    render({ lab: { ...fakeLab(), ask } });
    expect(
      await screen.findByText('The database is asleep', undefined, {
        timeout: 5_000,
      }),
    ).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('No entity changes.')).toBeVisible();
  });
});

describe('the pull request of the rule lab', () => {
  const task = {
    id: 'run-1',
    status: 'processing',
    createdAt: NOW,
    spec: { steps: [{ id: 'publish', name: 'Open the pull request' }] },
  };
  const event = (id: number, body: object, type: LogEvent['type'] = 'log') => ({
    id,
    taskId: 'run-1',
    type,
    createdAt: NOW,
    body,
  });
  const streamOf = (...events: object[]) => ({
    subscribe(observer: { next(value: object): void }) {
      queueMicrotask(() => events.forEach(value => observer.next(value)));
      return { unsubscribe() {}, closed: false };
    },
  });

  async function propose(scaffolder: object) {
    render({ scaffolder });
    write(await theEditor(), '> 0', '> 5');
    const open = screen.getByRole('button', { name: 'Open a pull request' });
    await waitFor(() => expect(open).toBeEnabled());
    await userEvent.click(open);
    const dialog = await screen.findByRole('dialog', {
      name: 'Open a pull request',
    });
    const description = await within(dialog).findByRole('textbox', {
      name: /Description/,
    });
    return { dialog, description };
  }

  it('is filled in with what changes, and leads to the forge', async () => {
    const scaffold = jest.fn(async () => ({ taskId: 'run-1' }));
    const { dialog, description } = await propose({
      scaffold,
      getTask: async () => task,
      streamLogs: () =>
        streamOf(
          event(1, { message: '', stepId: 'publish', status: 'completed' }),
          event(
            2,
            {
              message: '',
              output: { links: [{ url: 'https://forge/pulls/7' }] },
            },
            'completion',
          ),
        ),
    });
    expect(description).toHaveTextContent(
      '**1 entity changes**: 1 leave Gold; 1 team.',
    );
    await userEvent.click(within(dialog).getByRole('button', { name: 'Open' }));
    expect(
      await within(dialog).findByRole('link', { name: /See it in the forge/ }),
    ).toHaveAttribute('href', 'https://forge/pulls/7');
    expect(scaffold).toHaveBeenCalledWith({
      templateRef: 'template:default/propose-scorecard',
      values: {
        title: 'Change the scorecard Quality',
        description: expect.stringContaining('1 leave Gold'),
        definition: expect.stringContaining('facts.git.testFiles > 5'),
      },
    });
  });

  it('keeps what was written when it cannot be started, or fails', async () => {
    const scaffold = jest
      .fn<Promise<{ taskId: string }>, []>()
      .mockRejectedValueOnce(new Error('The forge is away'))
      .mockResolvedValue({ taskId: 'run-1' });
    const { dialog } = await propose({
      scaffold,
      getTask: async () => task,
      streamLogs: () =>
        streamOf(
          event(
            1,
            { message: '', error: { name: 'Error', message: 'It is taken' } },
            'completion',
          ),
        ),
    });
    const title = within(dialog).getByRole('textbox', { name: /Title/ });
    await userEvent.clear(title);
    await userEvent.click(within(dialog).getByRole('button', { name: 'Open' }));
    expect(within(dialog).getByText('Has to be filled in')).toBeVisible();
    expect(scaffold).not.toHaveBeenCalled();
    await userEvent.type(title, 'Ask for more tests');
    await userEvent.click(within(dialog).getByRole('button', { name: 'Open' }));
    expect(await within(dialog).findByText('The forge is away')).toBeVisible();
    expect(title).toHaveValue('Ask for more tests');
    await userEvent.click(within(dialog).getByRole('button', { name: 'Open' }));
    expect(await within(dialog).findByText('It is taken')).toBeVisible();
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Try again' }),
    );
    expect(within(dialog).getByRole('textbox', { name: /Title/ })).toHaveValue(
      'Ask for more tests',
    );
  });
});
