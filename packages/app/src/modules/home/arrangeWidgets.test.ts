import { arrangeWidgets } from './arrangeWidgets';

const named = (...names: string[]) => names.map(name => ({ name }));

describe('arrangeWidgets', () => {
  it('puts work first and leaves no widget out but search, which has its own place', () => {
    const { work, atHand } = arrangeWidgets(
      named(
        'Recent',
        'SomethingNew',
        'Owned',
        'HomePageSearchBar',
        'UnreadNotifications',
        'MyWork',
        'NeedsAttention',
      ),
    );
    expect(work).toEqual(
      named('MyWork', 'NeedsAttention', 'Owned', 'SomethingNew'),
    );
    expect(atHand).toEqual(named('UnreadNotifications', 'Recent'));
  });
});
