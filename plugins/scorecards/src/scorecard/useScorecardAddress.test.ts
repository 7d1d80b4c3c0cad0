import { readAddress } from './useScorecardAddress';

const read = (search: string) => readAddress(new URLSearchParams(search));

describe('the address of a scorecard', () => {
  it('says the view, the rows, the day and every filter', () => {
    expect(
      read(
        'view=entities&span=year&by=system&asOf=2026-03-01T22:59:59.999Z&level=gold&check=tests&state=fail&owner=group:default/cards&system=system:default/pay&domain=domain:default/money&type=service&sort=-points',
      ),
    ).toEqual({
      view: 'entities',
      by: 'system',
      asOf: '2026-03-01T22:59:59.999Z',
      span: 'year',
      filter: {
        level: 'gold',
        check: 'tests',
        state: 'fail',
        owner: 'group:default/cards',
        system: 'system:default/pay',
        domain: 'domain:default/money',
        type: 'service',
        asOf: '2026-03-01T22:59:59.999Z',
      },
      sort: '-points',
    });
  });

  it('does without what it cannot say', () => {
    expect(
      read('view=pie&span=age&by=colour&asOf=yesterday&check=tests&state=odd'),
    ).toMatchObject({
      view: 'map',
      by: 'owner',
      asOf: undefined,
      span: 'quarter',
      filter: { check: 'tests' },
    });
  });

  it('takes a state only with the check that it is of', () => {
    expect(read('state=fail').filter).toEqual({});
  });
});
