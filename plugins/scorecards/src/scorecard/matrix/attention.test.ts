import { resultRow } from '../../__testUtils__/scorecards';
import { attention } from './attention';

it('looks first at what is unknown, then at what is exempt, then at what fails', () => {
  const rows = [
    resultRow('fine', { readme: 'pass', tests: 'warn' }),
    resultRow('failing', { readme: 'fail', tests: 'fail' }),
    resultRow('unknown', { readme: 'unknown', tests: 'pass' }),
    resultRow('exempt', { readme: 'exempt', tests: 'pass' }),
    resultRow('unknown-and-failing', { readme: 'unknown', tests: 'fail' }),
  ];
  const order = [...rows].sort((a, b) => attention(b) - attention(a));
  expect(order.map(({ entityRef }) => entityRef.split('/')[1])).toEqual([
    'unknown-and-failing',
    'unknown',
    'exempt',
    'failing',
    'fine',
  ]);
});
