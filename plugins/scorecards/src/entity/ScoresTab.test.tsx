import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import { catalogApiRef, entityRouteRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  CheckProof,
  EntityScores,
  ExemptionRequest,
  scorecardSpecSchema,
} from '@waymark/scorecards-common';
import { useLocation } from 'react-router-dom';
import { ScorecardsApi, scorecardsApiRef } from '../api/ScorecardsApi';
import { exemption } from '../__testUtils__/exemptions';
import { refused } from '../__testUtils__/refused';
import { ExemptionsApi, exemptionsApiRef } from '../exemptions/ExemptionsApi';
import { rootRouteRef } from '../routes';
import { ScoresTab } from './ScoresTab';

const ENTITY = 'component:default/wallet';
const NOW = '2026-03-10T12:00:00.000Z';
const TAB = '/catalog/default/component/wallet/scorecards';

const runbook = {
  id: 'runbook',
  title: 'It has a runbook',
  level: 'gold',
  weight: 2,
  gate: false,
  state: 'fail' as const,
};
const scores: EntityScores = {
  entityRef: ENTITY,
  asOf: NOW,
  knowledge: 'then',
  pending: false,
  scorecards: [
    {
      scorecard: 'quality',
      title: 'Quality',
      rated: true,
      level: 'bronze',
      levelTitle: 'Bronze',
      rank: 0,
      points: 0.25,
      confidence: 1,
      since: '2026-03-01T12:00:00.000Z',
      cause: 'fact',
      causeDetail: 'git',
      definition: '0123456789abcdef',
      checks: [
        {
          ...runbook,
          id: 'readme',
          title: 'README',
          level: 'bronze',
          state: 'pass',
        },
        runbook,
        {
          ...runbook,
          id: 'tests',
          title: 'It has tests',
          state: 'exempt',
          underlying: 'fail',
          exemptUntil: '2026-04-30T12:00:00.000Z',
        },
      ],
      debt: { active: 1, nextExpiry: '2026-04-30T12:00:00.000Z' },
    },
  ],
};
const check = (id: string, level: string, effort?: string) => ({
  id,
  title: id,
  level,
  rule: 'true',
  because: 'So.',
  ...(effort && { fix: { effort } }),
});
const quality: Awaited<ReturnType<ScorecardsApi['getScorecard']>> = {
  ref: 'scorecard:default/quality',
  name: 'quality',
  title: 'Quality',
  status: 'adopted',
  problems: [],
  inForce: { hash: '0123456789abcdef', since: NOW },
  spec: scorecardSpecSchema.parse({
    owner: 'group:default/platform',
    appliesTo: { kind: 'Component' },
    levels: [
      { id: 'bronze', title: 'Bronze' },
      { id: 'gold', title: 'Gold' },
    ],
    checks: [check('readme', 'bronze'), check('runbook', 'gold', 'PT2H')],
  }),
};
const proof: CheckProof = {
  entityRef: ENTITY,
  scorecard: 'quality',
  definition: '0123456789abcdef',
  asOf: NOW,
  pending: false,
  result: runbook,
  because: 'The person on call has not written the code.',
  rule: {
    expression: 'facts.git.files.runbook != null',
    start: 0,
    end: 31,
    evaluated: true,
    value: false,
    children: [
      {
        expression: 'facts.git.files.runbook',
        start: 0,
        end: 23,
        evaluated: true,
        value: null,
        children: [],
      },
    ],
  },
  facts: [
    {
      source: 'git',
      collector: 'git',
      observedAt: '2026-03-10T10:00:00.000Z',
      commit: 'abcdef0123456789',
      url: 'https://forge.example/acme/wallet',
    },
  ],
  fix: { docs: '/docs/runbooks', effort: 'PT2H' },
};

function Where() {
  const { search } = useLocation();
  return <output data-testid="where">{search}</output>;
}

function render(
  search = '',
  options: {
    queryClient?: QueryClient;
    api?: Partial<ScorecardsApi>;
    exemptions?: Partial<ExemptionsApi>;
    denied?: boolean;
    entityRef?: string;
  } = {},
) {
  const api: Partial<ScorecardsApi> = {
    getScores: async () => scores,
    listScorecards: async () => ({ items: [quality] }),
    getProof: async () => proof,
    getHistory: async () => ({ entityRef: ENTITY, items: [] }),
    listResults: async () => ({ items: [] }),
    ...options.api,
  };
  const exemptions: Partial<ExemptionsApi> = {
    listExemptions: async () => ({ items: [] }),
    ...options.exemptions,
  };
  renderInTestApp(
    <QueryClientProvider client={options.queryClient ?? new QueryClient()}>
      <Where />
      <ScoresTab entityRef={options.entityRef ?? ENTITY} />
    </QueryClientProvider>,
    {
      initialRouteEntries: [TAB + search],
      apis: [
        [scorecardsApiRef, api],
        [exemptionsApiRef, exemptions],
        [
          catalogApiRef,
          catalogApiMock({
            entities: [
              {
                apiVersion: 'backstage.io/v1alpha1',
                kind: 'Component',
                metadata: { name: 'wallet', namespace: 'default' },
                relations: [
                  { type: 'ownedBy', targetRef: 'group:default/mobile' },
                ],
              },
            ],
          }),
        ],
        [
          permissionApiRef,
          mockApis.permission(
            options.denied ? { authorize: AuthorizeResult.DENY } : undefined,
          ),
        ],
      ],
      mountedRoutes: {
        '/scorecards': rootRouteRef,
        '/catalog/:namespace/:kind/:name': entityRouteRef,
      },
    },
  );
}

describe('the scorecards of an entity', () => {
  it('say what is reached, what was excused, and what is next', async () => {
    render();
    const card = await screen.findByRole('region', { name: 'Quality' });
    expect(card).toHaveTextContent(
      '1 exemptionfirst counts again on Apr 30, 2026',
    );
    expect(card).toHaveTextContent('Exempt until Apr 30, 2026');
    expect(card).toHaveTextContent(
      /Last changed Mar 1, 2026, .*, because a fact changed \(git\)\./,
    );
    const ladder = within(card).getByRole('list', {
      name: 'Levels of Quality',
    });
    expect(ladder).toHaveTextContent(/Bronzereached.*Goldnext/);
    await waitFor(() =>
      expect(card).toHaveTextContent('1 step, about 2 hours'),
    );
    expect(card).toHaveTextContent('Exempt (otherwise: Fail)');
  });

  it('say when they were first looked at, where nothing has changed since', async () => {
    const [score] = scores.scorecards;
    render('', {
      api: {
        getScores: async () => ({
          ...scores,
          scorecards: [{ ...score, cause: 'new' }],
        }),
      },
    });
    expect(
      await screen.findByText(
        /^First looked at Mar 1, 2026, .*, and not changed since\.$/,
      ),
    ).toBeVisible();
  });

  it('prove a check, with each part of its rule and where its facts are from', async () => {
    render();
    const [link] = await screen.findAllByRole('link', {
      name: 'It has a runbook',
    });
    await userEvent.click(link);
    const drawer = await screen.findByRole('dialog', {
      name: 'It has a runbook',
    });
    const rule = await within(drawer).findByRole('list', {
      name: 'Why it says so',
    });
    expect(rule).toHaveTextContent('facts.git.files.runbook != nullfalse');
    expect(rule).toHaveTextContent('facts.git.files.runbooknull');
    expect(drawer).toHaveTextContent(/seen 2 hours ago by git.*commit abcdef/);
    expect(
      within(drawer).getByRole('link', { name: 'How it is done' }),
    ).toHaveAttribute('href', '/docs/runbooks');
    expect(screen.getByTestId('where')).toHaveTextContent(
      '?scorecard=quality&check=runbook',
    );
    await userEvent.keyboard('{Escape}');
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
    expect(screen.getByTestId('where')).toHaveTextContent('?scorecard=quality');
  });

  it('are those of the instant in the address, and lead back', async () => {
    const getScores = jest.fn<Promise<EntityScores>, unknown[]>(
      async () => scores,
    );
    render('?asOf=2026-02-01T12:00:00Z', { api: { getScores } });
    expect(await screen.findByText(/As it was on/)).toBeInTheDocument();
    expect(getScores.mock.calls[0][1]).toEqual({
      asOf: '2026-02-01T12:00:00.000Z',
      knowledge: undefined,
    });
    expect(screen.queryByText('Evaluate now')).not.toBeInTheDocument();
    await userEvent.click(
      screen.getByRole('switch', { name: 'With what is known today' }),
    );
    await waitFor(() =>
      expect(getScores).toHaveBeenLastCalledWith(
        ENTITY,
        { asOf: '2026-02-01T12:00:00.000Z', knowledge: 'now' },
        expect.anything(),
      ),
    );
    await userEvent.click(screen.getByRole('button', { name: 'Back to now' }));
    await waitFor(() =>
      expect(screen.getByTestId('where')).toBeEmptyDOMElement(),
    );
  });

  it('name the owner of then, and nobody where there was none', async () => {
    const getScores = jest.fn<Promise<EntityScores>, unknown[]>(
      async (_ref, query) =>
        (query as { knowledge?: string }).knowledge === 'now'
          ? scores
          : { ...scores, owner: 'group:default/platform' },
    );
    render('?asOf=2026-02-01T12:00:00Z', { api: { getScores } });
    const banner = (await screen.findByText(/As it was on/)).closest(
      '[role="status"]',
    ) as HTMLElement;
    expect(
      await within(banner).findByRole('link', { name: 'platform' }),
    ).toHaveAttribute('href', '/catalog/default/group/platform');
    expect(banner).toHaveTextContent(/Owner then: ?platform/);
    await userEvent.click(
      screen.getByRole('switch', { name: 'With what is known today' }),
    );
    await waitFor(() => expect(banner).not.toHaveTextContent(/Owner then/));
  });

  it('say that there was none of it then, with the way back', async () => {
    render('?asOf=2026-02-01T12:00:00Z', {
      api: {
        getScores: async () => {
          throw await refused(404, 'NotFoundError', 'There was no entity');
        },
      },
    });
    expect(
      await screen.findByText('It was not in the catalog then', undefined, {
        timeout: 5_000,
      }),
    ).toBeVisible();
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Back to now' })).toBeVisible();
  });

  it('mark what of their history was replayed for a demonstration', async () => {
    const [{ checks: _, ...entry }] = scores.scorecards;
    const ended = { ...entry, removed: false, changes: [] };
    const items = [
      ended,
      { ...ended, since: '2026-01-01T12:00:00.000Z', demo: true as const },
    ];
    render('', {
      api: { getHistory: async () => ({ entityRef: ENTITY, items }) },
    });
    const changed = await screen.findByRole('region', { name: 'What changed' });
    const [lived, replayed] = await within(changed).findAllByText(/^Quality$/);
    expect(lived.closest('li')).not.toHaveTextContent('Demo data');
    expect(replayed.closest('li')).toHaveTextContent('Demo data');
  });

  it('stay, with the open proof and its focus, when they cannot be asked again', async () => {
    const queryClient = new QueryClient();
    const getScores = jest.fn(async () => scores);
    render('?check=runbook', { queryClient, api: { getScores } });
    const drawer = await screen.findByRole('dialog', {
      name: 'It has a runbook',
    });
    await within(drawer).findByText('How it is done');
    const close = within(drawer).getAllByRole('button')[0];
    act(() => close.focus());
    getScores.mockRejectedValue(new Error('The backend is asleep'));
    await act(() => queryClient.refetchQueries({ queryKey: ['scores'] }));
    expect(
      screen.getByText('This could not be brought up to date'),
    ).toBeInTheDocument();
    expect(screen.getByText('The backend is asleep')).toBeInTheDocument();
    expect(close).toHaveFocus();
    expect(drawer).toBeVisible();
  });

  it('offer nothing that one may not do', async () => {
    // What was allowed for another entity is remembered for a while.
    render('?check=runbook', {
      denied: true,
      entityRef: 'component:default/purse',
    });
    await screen.findByText('How it is done');
    expect(screen.queryByText('Evaluate now')).not.toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: 'Request an exemption' }),
    ).not.toBeInTheDocument();
  });

  it('say what to do where there are none, and why they cannot be loaded', async () => {
    const getScores = jest
      .fn<Promise<EntityScores>, []>()
      .mockRejectedValueOnce(new Error('The backend is asleep'))
      .mockRejectedValueOnce(new Error('The backend is asleep'))
      .mockResolvedValue({ ...scores, scorecards: [] });
    render('', { api: { getScores } });
    expect(
      await screen.findByText('The backend is asleep'),
    ).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(
      await screen.findByText('No scorecard asks anything of this entity'),
    ).toBeInTheDocument();
  });
});

describe('a request for an exemption', () => {
  it('offers the others that fail the check, but those that are asked for already', async () => {
    const others = ['wallet', 'svc-1', 'svc-7', 'svc-8'];
    render('?check=runbook', {
      api: {
        listResults: async () => ({
          items: others.map(name => ({
            ...scores.scorecards[0],
            entityRef: `component:default/${name}`,
            checks: [],
          })),
        }),
      },
      exemptions: {
        request: jest.fn(),
        listExemptions: async ({ state, check: of }) => ({
          items:
            of === 'runbook' && state === 'requested'
              ? [
                  exemption('runbook', {
                    records: [
                      {
                        subject: 'component:default/svc-7',
                        state: 'requested',
                      },
                    ],
                  }),
                ]
              : [],
        }),
      },
    });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Request an exemption' }),
    );
    await screen.findByRole('checkbox', { name: 'svc-8' });
    expect(
      screen
        .getAllByRole('checkbox')
        .map(one => one.closest('label')?.textContent),
    ).toEqual(['All 2 of them', 'svc-1', 'svc-8']);
  });

  it('names what is missing, keeps what was typed when it is refused, and sends it', async () => {
    const request = jest
      .fn<Promise<never>, [ExemptionRequest]>()
      .mockRejectedValueOnce(
        await refused(
          400,
          'InputError',
          'owner: the catalog does not know it; expiresAt: the scorecard allows at most 90 days, until 2026-06-07',
        ),
      )
      .mockResolvedValue({} as never);
    render('?check=runbook', { exemptions: { request } });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Request an exemption' }),
    );
    const dialog = await screen.findByRole('dialog', {
      name: 'Request an exemption: It has a runbook',
    });
    const send = within(dialog).getByRole('button', { name: 'Request' });
    await userEvent.click(send);
    expect(within(dialog).getAllByText('Has to be filled in')).toHaveLength(4);
    expect(
      within(dialog).getByRole('textbox', { name: /^Reason/ }),
    ).toHaveFocus();
    expect(request).not.toHaveBeenCalled();

    const fill = (name: RegExp, text: string) =>
      userEvent.type(within(dialog).getByRole('textbox', { name }), text);
    await fill(/^Reason/, 'Later');
    await fill(/^What lowers/, 'Care');
    await fill(/^Plan/, 'Spring');
    const lastDay = within(dialog).getByRole('group', { name: /^Last day/ });
    await userEvent.click(send);
    const [month] = within(lastDay).getAllByRole('spinbutton');
    expect(month).toHaveFocus();
    await userEvent.keyboard('04302026');
    await userEvent.click(send);
    expect(
      await within(dialog).findByText(/the catalog does not know it/),
    ).toBeInTheDocument();
    expect(within(dialog).getByText(/until 2026-06-07/)).toBeInTheDocument();
    expect(lastDay).toHaveAccessibleDescription(/until 2026-06-07/);
    expect(
      within(dialog).getByRole('button', { name: /Carried out by/ }),
    ).toHaveFocus();
    expect(within(dialog).queryByRole('alert')).toBeNull();
    expect(
      within(dialog).getByRole('textbox', { name: /^Reason/ }),
    ).toHaveValue('Later');
    await userEvent.click(send);
    expect(
      await screen.findByText('Requested. It waits for approval.'),
    ).toBeInTheDocument();
    expect(request.mock.lastCall![0]).toEqual(
      expect.objectContaining({
        scorecard: 'quality',
        check: 'runbook',
        reason: 'Later',
        owner: 'group:default/mobile',
        subject: { entities: [ENTITY] },
      }),
    );
  });
});
