import { repositoryDefinitionSchema } from './definition';
import { planHistory } from './planHistory';
import { SeedSource, SeedTree } from './seedFolder';

const now = new Date('2026-11-22T09:00:00Z');

const tree = (files: Record<string, string>): SeedTree =>
  new Map(
    Object.entries(files).map(([file, text]) => [
      file,
      { content: Buffer.from(text), executable: false },
    ]),
  );

function source(
  files: Record<string, string>,
  commits: object[],
  more: object = {},
): SeedSource {
  return {
    name: 'example',
    files: tree(files),
    stacks: [],
    definition: repositoryDefinitionSchema.parse({
      description: 'An example',
      teams: {},
      history: { from: 100, to: 1, authors: ['dev-checkout'], commits },
      ...more,
    }),
  };
}

const textOf = (files: SeedTree) =>
  Object.fromEntries(
    [...files].map(([file, { content }]) => [file, content.toString()]),
  );

describe('planHistory', () => {
  it('tells a history backwards from its end', () => {
    const plan = planHistory(
      source({ 'a.txt': 'two\n', 'b.txt': 'b\n' }, [
        { message: 'first' },
        { message: 'add b', add: ['b.txt'] },
        {
          message: 'count on',
          edit: [{ path: 'a.txt', now: 'two', was: 'one' }],
        },
      ]),
      now,
    );
    expect(plan.map(commit => textOf(commit.tree))).toEqual([
      { 'a.txt': 'one\n' },
      { 'a.txt': 'one\n', 'b.txt': 'b\n' },
      { 'a.txt': 'two\n', 'b.txt': 'b\n' },
    ]);
  });

  it('gives a merge two parents and lets an open branch leave the end', () => {
    const plan = planHistory(
      source(
        { 'a.txt': 'a\n', 'b.txt': 'b\n', 'c.txt': 'c\n' },
        [
          { message: 'first' },
          { merge: 'topic', commits: [{ message: 'add b', add: ['b.txt'] }] },
          { message: 'add c', add: ['c.txt'] },
        ],
        {
          branches: [
            {
              name: 'open',
              commits: [
                {
                  message: 'write d',
                  by: 'dev-ledger',
                  ago: 0.1,
                  write: { 'd.txt': 'd\n' },
                },
              ],
            },
          ],
        },
      ),
      now,
    );
    expect(
      plan.map(({ message, parent, mergedFrom, branch }) => ({
        message,
        parent,
        mergedFrom,
        branch,
      })),
    ).toEqual([
      { message: 'first' },
      { message: 'add b', parent: 0 },
      { message: "Merge branch 'topic'", parent: 0, mergedFrom: 1 },
      { message: 'add c', parent: 2, branch: 'main' },
      { message: 'write d', parent: 3, branch: 'open' },
    ]);
    expect(plan[4].author).toBe('dev-ledger');
  });

  it.each([
    [
      'an edit that does not fit',
      [{ message: 'first', edit: [{ path: 'a.txt', now: 'z', was: '' }] }],
      'example: "first": a.txt: "z" occurs 0 times, not once',
    ],
    [
      'an edit of a file that is not there yet',
      [
        { message: 'first' },
        { message: 'early', edit: [{ path: 'b.txt', now: 'b', was: 'c' }] },
        { message: 'add b', add: ['b.txt'] },
      ],
      'example: "early": b.txt is not there yet',
    ],
    [
      'a commit that changes nothing',
      [{ message: 'first' }, { message: 'nothing' }],
      'example: "nothing" changes nothing',
    ],
    [
      'a glob that names no file',
      [{ message: 'first' }, { message: 'none', add: ['*.rs'] }],
      'example: no file matches *.rs',
    ],
  ])('refuses %s', (_, commits, message) => {
    const files = { 'a.txt': 'a\n', 'b.txt': 'b\n' };
    expect(() => planHistory(source(files, commits), now)).toThrow(message);
  });
});
