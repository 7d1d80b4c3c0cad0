import { renderInTestApp } from '@backstage/frontend-test-utils';
import { entityPresentationApiRef } from '@backstage/plugin-catalog-react';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { exemption } from '../__testUtils__/exemptions';
import { refused } from '../__testUtils__/refused';
import { DecisionDialog, Verb } from './DecisionDialog';
import { ExemptionsApi, exemptionsApiRef } from './ExemptionsApi';

const WAITING = exemption('one', { checkTitle: 'It has a runbook' });

function render(verb: Verb, api: Partial<ExemptionsApi>) {
  const onClose = jest.fn();
  renderInTestApp(
    <QueryClientProvider client={new QueryClient()}>
      <DecisionDialog exemption={WAITING} verb={verb} onClose={onClose} />
    </QueryClientProvider>,
    {
      apis: [
        [exemptionsApiRef, api],
        [
          entityPresentationApiRef,
          {
            forEntity: () => {
              const snapshot = {
                entityRef: 'component:default/api',
                primaryTitle: 'Payout API',
              };
              return { snapshot, promise: Promise.resolve(snapshot) };
            },
          },
        ],
      ],
    },
  );
  return { onClose };
}

const dialog = (verb: string) =>
  screen.findByRole('dialog', { name: `${verb}: It has a runbook` });
const press = async (name: string) =>
  userEvent.click(
    within(await screen.findByRole('dialog')).getByRole('button', { name }),
  );

describe('a decision about an exemption', () => {
  beforeEach(() => sessionStorage.clear());

  it('says what follows from it, and needs no words where it is given', async () => {
    const decide = jest.fn(async () => WAITING);
    const { onClose } = render('approve', { decide });
    expect(await dialog('Approve')).toHaveTextContent('does not count');
    expect(screen.getByText('Payout API')).toBeVisible();
    expect(screen.getByText('It has a runbook, of Quality')).toBeVisible();
    await press('Approve');
    await waitFor(() => expect(onClose).toHaveBeenCalledTimes(1));
    expect(decide).toHaveBeenCalledWith('one', 'approve', undefined);
  });

  it.each(['reject', 'revoke'] as const)(
    'is not sent without a reason where others have to act on it: %s',
    async verb => {
      const name = verb === 'reject' ? 'Reject' : 'Revoke';
      const decide = jest.fn(async () => WAITING);
      const { onClose } = render(verb, { decide });
      await press(name);
      expect(await dialog(name)).toHaveTextContent('Has to be filled in');
      expect(decide).not.toHaveBeenCalled();
      await userEvent.type(screen.getByRole('textbox'), '  Too long.  ');
      expect(screen.queryByText('Has to be filled in')).toBeNull();
      await press(name);
      await waitFor(() => expect(onClose).toHaveBeenCalled());
      expect(decide).toHaveBeenCalledWith('one', verb, 'Too long.');
    },
  );

  it('stays open with what was typed where it is refused, and says why', async () => {
    const decide = jest.fn(async () => {
      throw await refused(
        403,
        'NotAllowedError',
        'Nobody decides on their own request',
      );
    });
    const { onClose } = render('reject', { decide });
    const words = await screen.findByRole('textbox');
    await userEvent.type(words, 'Too long.');
    await press('Reject');
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'Nobody decides on their own request',
    );
    expect(words).toHaveValue('Too long.');
    expect(onClose).not.toHaveBeenCalled();
  });

  it('marks the field that a refusal names', async () => {
    const renew = jest.fn(async () => {
      throw await refused(400, 'InputError', 'expiresAt: at most 90 days');
    });
    render('renew', { renew });
    await userEvent.type(await screen.findByRole('textbox'), 'It is late.');
    await press('Ask for more time');
    const lastDay = await screen.findByRole('group', { name: /^Last day/ });
    await waitFor(() =>
      expect(lastDay).toHaveAccessibleDescription(/at most 90 days/),
    );
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('asks for more time from the day after the present end', async () => {
    const renew = jest.fn<Promise<typeof WAITING>, unknown[]>(
      async () => WAITING,
    );
    render('renew', { renew });
    await userEvent.type(await screen.findByRole('textbox'), 'It is late.');
    await press('Ask for more time');
    await waitFor(() => expect(renew).toHaveBeenCalled());
    expect(renew.mock.calls[0]).toEqual([
      'one',
      {
        reason: 'It is late.',
        expiresAt: expect.stringMatching(/^2026-04-0[23]T/),
      },
    ]);
  });
});
