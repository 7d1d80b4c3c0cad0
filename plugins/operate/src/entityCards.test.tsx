import { Entity } from '@backstage/catalog-model';
import { createApiMock, renderTestApp } from '@backstage/frontend-test-utils';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { createTestEntityPage } from '@backstage/plugin-catalog-react/testUtils';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { OperateAnswer } from '@waymark/operate-common';
import { bareAnswer, fullAnswer } from '../dev/__fixtures__/answer';
import { OperateApi, operateApiRef } from './api/OperateApi';
import { operateCard } from './entityCards';

function component(type: string): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name: 'checkout' },
    spec: { type },
  };
}

function render(
  getOperate: OperateApi['getOperate'],
  entity = component('service'),
) {
  renderTestApp({
    extensions: [createTestEntityPage({ entity }), operateCard],
    apis: [[operateApiRef, { getOperate }]],
    mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
  });
}

const answering = (answer: OperateAnswer) => async () => answer;

describe('the Operate card', () => {
  it('answers an incident on one look', async () => {
    const getOperate = jest.fn<Promise<OperateAnswer>, [string]>(
      answering(fullAnswer),
    );
    render(getOperate);

    const onCall = await screen.findByRole('region', { name: 'On call now' });
    expect(getOperate.mock.calls[0][0]).toBe('component:default/checkout');
    expect(
      within(onCall).getByRole('link', { name: 'Mina Okafor' }),
    ).toHaveAttribute('href', '/catalog/default/user/dev-checkout');
    expect(onCall).toHaveTextContent(/until .*23.*then Jonas Lindqvist/);
    expect(onCall).toHaveTextContent('Standing in: holidays');
    expect(onCall).toHaveTextContent('No answer after 15 minutes? Call');
    expect(onCall).toHaveTextContent('Schedule of Payments');

    expect(
      screen.getByRole('link', { name: 'When checkout is down' }),
    ).toHaveAttribute('href', fullAnswer.runbook!.url);
    expect(
      screen.getByRole('region', { name: 'Objectives' }),
    ).toHaveTextContent('Availability99.95%28d, rolling');
    const changes = screen.getByRole('region', { name: 'Last changes' });
    expect(changes).toHaveTextContent('Mina Okafor, 2 hours ago');
    expect(
      within(changes).getByRole('link', { name: 'Bump the HTTP client' }),
    ).toHaveAttribute('href', fullAnswer.lastChanges[1].url);
  });

  it('says what is missing or wrong, and what to do', async () => {
    render(answering(bareAnswer));

    const runbook = await screen.findByRole('region', { name: 'Runbook' });
    expect(runbook).toHaveTextContent('There is no runbook.');
    expect(runbook).toHaveTextContent('waymark.dev/runbook');
    expect(
      screen.getByRole('region', { name: 'On call now' }),
    ).toHaveTextContent(/Problem: Invalid OnCallSchedule: spec\.timeZone/);
  });

  it('tells assistive technology that it loads', async () => {
    render(() => new Promise(() => {}));

    expect(await screen.findByRole('status')).toHaveTextContent(
      'Loading who is on call',
    );
  });

  it('shows why it failed and tries again when asked', async () => {
    const getOperate = jest
      .fn<Promise<OperateAnswer>, []>()
      .mockRejectedValueOnce(new Error('The backend is asleep'))
      .mockRejectedValueOnce(new Error('The backend is asleep'))
      .mockResolvedValue(fullAnswer);
    render(getOperate);

    expect(
      await screen.findByText('The backend is asleep', {}, { timeout: 5000 }),
    ).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(
      await screen.findByRole('region', { name: 'Runbook' }),
    ).toBeInTheDocument();
  });

  it('is not shown for a library, which nobody operates', async () => {
    const { getOperate } = createApiMock(operateApiRef, () => ({
      getOperate: jest.fn(),
    }))();
    render(getOperate, component('library'));

    await waitFor(() => expect(document.body).not.toBeEmptyDOMElement());
    expect(screen.queryByText('Operate')).not.toBeInTheDocument();
    expect(getOperate).not.toHaveBeenCalled();
  });
});
