import { Entity } from '@backstage/catalog-model';
import { renderTestApp } from '@backstage/frontend-test-utils';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { createTestEntityPage } from '@backstage/plugin-catalog-react/testUtils';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { DefinitionStatus } from '@waymark/scorecards-common';
import { adoptionCard } from '.';
import { ScorecardsApi, scorecardsApiRef } from '../api/ScorecardsApi';

const definition = (kind: string): Entity => ({
  apiVersion: 'waymark.dev/v1',
  kind,
  metadata: { name: 'quality' },
  spec: {},
});

const adopted: DefinitionStatus = {
  ref: 'scorecard:default/quality',
  status: 'adopted',
  problems: [],
  inForce: { hash: '0123456789abcdef0123', since: '2026-03-01T12:00:00.000Z' },
};

function render(
  getDefinitionStatus: ScorecardsApi['getDefinitionStatus'],
  kind = 'Scorecard',
) {
  renderTestApp({
    extensions: [
      createTestEntityPage({ entity: definition(kind) }),
      adoptionCard,
    ],
    apis: [[scorecardsApiRef, { getDefinitionStatus }]],
    mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
  });
}

describe('the card of a definition', () => {
  it('says since when it is in force', async () => {
    const getDefinitionStatus = jest.fn(async (_ref: string) => adopted);
    render(getDefinitionStatus);
    expect(await screen.findByText('Adopted')).toBeInTheDocument();
    expect(screen.getByText(/in force since .*2026/)).toBeInTheDocument();
    expect(screen.getByText('Version 0123456789ab')).toBeInTheDocument();
    expect(getDefinitionStatus.mock.calls[0][0]).toBe(
      'scorecard:default/quality',
    );
  });

  it('says what is wrong, and what stays in force', async () => {
    render(async () => ({
      ...adopted,
      status: 'rejected',
      problems: [
        {
          path: 'spec.checks[0].rule',
          reason: 'There is no fact "readmee" of git. Did you mean "readme"?',
        },
      ],
    }));
    expect(await screen.findByText('Refused')).toBeInTheDocument();
    expect(screen.getByText(/stays in force/)).toBeInTheDocument();
    const problems = screen.getByRole('list', { name: 'What is wrong' });
    expect(problems).toHaveTextContent('spec.checks[0].rule');
    expect(within(problems).getByText(/Did you mean/)).toBeInTheDocument();
  });

  it('says that nothing is measured by what was never good', async () => {
    render(async () => ({ ...adopted, status: 'rejected', inForce: null }));
    expect(await screen.findByText(/nothing is measured/)).toBeInTheDocument();
  });

  it('warns of what has vanished', async () => {
    render(async () => ({ ...adopted, goneSince: '2026-03-02T12:00:00.000Z' }));
    expect(await screen.findByText(/vanished from Git/)).toBeInTheDocument();
  });

  it('says that it was not read yet', async () => {
    render(async () => undefined, 'FactSource');
    expect(await screen.findByText('Not read yet')).toBeInTheDocument();
  });

  it('tells assistive technology that it loads', async () => {
    render(() => new Promise(() => {}));
    expect(await screen.findByRole('status')).toHaveTextContent('Loading');
  });

  it('shows why it failed and tries again when asked', async () => {
    const getDefinitionStatus = jest
      .fn<Promise<DefinitionStatus>, []>()
      .mockRejectedValueOnce(new Error('The backend is asleep'))
      .mockRejectedValueOnce(new Error('The backend is asleep'))
      .mockResolvedValue(adopted);
    render(getDefinitionStatus);
    expect(
      await screen.findByText('The backend is asleep'),
    ).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('Adopted')).toBeInTheDocument();
  });

  it('is shown for definitions only', async () => {
    const getDefinitionStatus = jest.fn();
    render(getDefinitionStatus, 'Component');
    await waitFor(() => expect(document.body).not.toBeEmptyDOMElement());
    expect(getDefinitionStatus).not.toHaveBeenCalled();
  });
});
