import { renderInTestApp } from '@backstage/frontend-test-utils';
import { toastApiRef } from '@backstage/frontend-plugin-api';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { refused } from '../__testUtils__/refused';
import { ScorecardsApi, scorecardsApiRef } from '../api/ScorecardsApi';
import { dayOf, endOf } from '../day';
import { ExportButton } from './ExportButton';

type Filter = Parameters<typeof ExportButton>[0]['filter'];

/** Presses the button, and gathers the names of files that are saved and what is said otherwise. */
async function press(
  filter: Filter,
  exportResults: ScorecardsApi['exportResults'] = async () => new Blob(),
) {
  const names: string[] = [];
  const post = jest.fn(() => ({ close() {} }));
  jest
    .spyOn(HTMLAnchorElement.prototype, 'click')
    .mockImplementation(function click(this: HTMLAnchorElement) {
      names.push(this.download);
    });
  const { unmount } = renderInTestApp(
    <QueryClientProvider client={new QueryClient()}>
      <ExportButton scorecard="quality" filter={filter} />
    </QueryClientProvider>,
    {
      apis: [
        [scorecardsApiRef, { exportResults } satisfies Partial<ScorecardsApi>],
        [toastApiRef, { post }],
      ],
    },
  );
  await userEvent.click(await screen.findByRole('button', { name: 'CSV' }));
  await waitFor(() => expect(names.length + post.mock.calls.length).toBe(1));
  unmount();
  return { names, post };
}

describe('the CSV file', () => {
  beforeEach(() => {
    URL.createObjectURL = () => 'blob:file';
    URL.revokeObjectURL = () => {};
  });
  afterEach(() => jest.restoreAllMocks());

  it('says in its name of which day it is, and whether a filter holds', async () => {
    const today = dayOf(new Date().toISOString()).toString();
    const asOf = endOf('2026-02-28');
    const nameOf = async (filter: Filter) => (await press(filter)).names[0];
    expect(await nameOf({})).toBe(`quality-${today}.csv`);
    expect(await nameOf({ asOf })).toBe('quality-2026-02-28.csv');
    expect(await nameOf({ asOf, level: 'gold' })).toBe(
      'quality-2026-02-28-filtered.csv',
    );
  });

  it('says what the server said where there is none', async () => {
    const { post } = await press({}, async () => {
      throw await refused(400, 'InputError', 'That day is no longer kept');
    });
    expect(post).toHaveBeenCalledWith({
      title: 'The file could not be made',
      description: 'That day is no longer kept',
      status: 'danger',
    });
  });
});
