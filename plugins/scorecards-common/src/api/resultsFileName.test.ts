import { resultsFileName } from './resultsFileName';

describe('the name of a file of results', () => {
  it('says the scorecard and the day', () => {
    expect(resultsFileName('quality', '2026-03-31', {})).toBe(
      'quality-2026-03-31.csv',
    );
  });

  it('says that it is not all of them', () => {
    const nameOf = (level?: string) =>
      resultsFileName('quality', '2026-03-31', { level });
    expect(nameOf('gold')).toBe('quality-2026-03-31-filtered.csv');
    expect(nameOf()).toBe('quality-2026-03-31.csv');
  });
});
