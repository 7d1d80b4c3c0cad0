import { renderInTestApp } from '@backstage/frontend-test-utils';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { NotificationText } from './NotificationText';

describe('the text of a notification', () => {
  it('that has several lines is folded, and unfolded on request', async () => {
    renderInTestApp(
      <NotificationText description={'Lost: api.\nNext: web.'} />,
    );
    const more = await screen.findByRole('button', { name: 'Show more' });
    expect(more).toHaveAttribute('aria-expanded', 'false');
    await userEvent.click(more);
    expect(screen.getByRole('button', { name: 'Show less' })).toHaveAttribute(
      'aria-expanded',
      'true',
    );
    expect(screen.getByText(/Lost: api/)).toHaveTextContent(
      'Lost: api. Next: web.',
    );
  });

  it('that is short is shown as it is', async () => {
    renderInTestApp(<NotificationText description="The bot reads it now." />);
    expect(await screen.findByText('The bot reads it now.')).toBeVisible();
    expect(screen.queryByRole('button')).not.toBeInTheDocument();
  });
});
