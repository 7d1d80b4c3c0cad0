import { renderInTestApp } from '@backstage/frontend-test-utils';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useLocation } from 'react-router-dom';
import { exemption } from '../__testUtils__/exemptions';
import { refused } from '../__testUtils__/refused';
import { ExemptionsApi, exemptionsApiRef } from './ExemptionsApi';
import { InboxPage } from './InboxPage';

const notFound = async () => {
  throw await refused(404, 'NotFoundError', 'There is no exemption x');
};

function Where() {
  return <output data-testid="where">{useLocation().search}</output>;
}

function render(search: string, api: Partial<ExemptionsApi>) {
  renderInTestApp(
    <QueryClientProvider client={new QueryClient()}>
      <Where />
      <InboxPage />
    </QueryClientProvider>,
    {
      initialRouteEntries: [`/${search}`],
      mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
      apis: [
        [
          exemptionsApiRef,
          {
            listExemptions: async () => ({
              items: [exemption('one'), exemption('two')],
            }),
            ...api,
          },
        ],
      ],
    },
  );
}

const linked = () =>
  screen.findByRole('region', { name: 'The exemption that you have opened' });

describe('the inbox of exemptions', () => {
  it('begins at the exemption that a notice is about, also when it is decided, and names it once', async () => {
    const getExemption = jest.fn(async (id: string) =>
      exemption(id, { state: 'rejected' }),
    );
    render('?exemption=two', { getExemption });
    const region = await linked();
    expect(
      await within(region).findByText('Check of two, of Quality'),
    ).toBeInTheDocument();
    expect(within(region).getByText('Rejected')).toBeInTheDocument();
    expect(getExemption).toHaveBeenCalledWith('two', expect.anything());
    await waitFor(() => expect(region).toHaveFocus());
    expect(await screen.findByText(/Check of one/)).toBeInTheDocument();
    expect(screen.getAllByText(/Check of two/)).toHaveLength(1);

    await userEvent.click(screen.getByRole('button', { name: 'Close it' }));
    expect(screen.getByTestId('where')).toHaveTextContent('');
    expect(await screen.findByText(/Check of two/)).toBeInTheDocument();
    expect(
      screen.queryByRole('region', {
        name: 'The exemption that you have opened',
      }),
    ).not.toBeInTheDocument();
  });

  it('says that there is no such exemption, and still what waits', async () => {
    render('?exemption=x', { getExemption: notFound });
    const region = await linked();
    expect(
      await within(region).findByText('There is no such exemption'),
    ).toBeInTheDocument();
    await waitFor(() => expect(region).toHaveFocus());
    expect(await screen.findByText(/Check of one/)).toBeInTheDocument();
  });

  it('lets one try again when it cannot be loaded', async () => {
    let isDown = true;
    render('?exemption=one', {
      getExemption: async id => {
        if (isDown) throw new Error('The portal is away');
        return exemption(id);
      },
    });
    const region = await linked();
    const retry = await within(region).findByRole(
      'button',
      { name: 'Try again' },
      { timeout: 5_000 },
    );
    expect(region).toHaveTextContent('The portal is away');
    isDown = false;
    await userEvent.click(retry);
    expect(
      await within(region).findByText('Check of one, of Quality'),
    ).toBeInTheDocument();
  });
});
