import fc from 'fast-check';
import {
  markedHomepage,
  markedMessage,
  markOfHomepage,
  markOfMessage,
  RepositoryMark,
} from './RepositoryMark';

const PORTAL = 'https://portal.acme.example/';
const reference = fc.stringMatching(/^[a-z]+:[a-z]+\/[a-z][a-z0-9-]*$/);
const marks = fc.record<RepositoryMark>({
  taskId: fc.uuid(),
  templateRef: reference,
  owner: reference,
});

describe('the mark of a repository', () => {
  it('is read from the commit and from the home page as it was written', () => {
    fc.assert(
      fc.property(marks, fc.string({ minLength: 1 }), (mark, message) => {
        expect(markOfMessage(markedMessage(message, mark))).toEqual(mark);
        expect(markOfHomepage(PORTAL, markedHomepage(PORTAL, mark))).toEqual(
          mark,
        );
      }),
    );
  });

  it('is not found where it is incomplete, or in the page of another portal', () => {
    expect(markOfMessage('Start\n\nWaymark-Task: 1\n')).toBeUndefined();
    expect(
      markOfMessage(
        'Waymark-Task: 1\nWaymark-Template: a\nWaymark-Owner: b\n\nSomething else\n',
      ),
    ).toBeUndefined();
    const elsewhere = markedHomepage('https://other.example', {
      taskId: '1',
      templateRef: 'a',
      owner: 'b',
    });
    expect(markOfHomepage(PORTAL, elsewhere)).toBeUndefined();
    for (const homepage of [
      null,
      undefined,
      '',
      'not a url',
      `${PORTAL}create/tasks/%E0%A4%A?template=a&owner=b`,
    ]) {
      expect(markOfHomepage(PORTAL, homepage)).toBeUndefined();
    }
  });
});
