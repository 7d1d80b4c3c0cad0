import fc from 'fast-check';
import { MergeFacts, reasonsAgainstMerge, RuledReview } from './mergeRules';
import { BranchProtection, parseProtection } from './protection';

const protection = (
  reviews: object | null,
  checks: object | null = null,
): BranchProtection =>
  parseProtection({
    required_status_checks: checks,
    enforce_admins: true,
    required_pull_request_reviews: reviews,
    restrictions: null,
  });

const facts = (changes: Partial<MergeFacts>): MergeFacts => ({
  state: 'open',
  merged: false,
  draft: false,
  archived: false,
  author: 'mina',
  headSha: 'head',
  baseSha: 'base',
  clean: true,
  conflicts: [],
  reviews: [],
  changedPaths: ['src/a.ts'],
  codeOwners: [],
  succeededChecks: new Set(),
  behindBase: false,
  ...changes,
});

const review = (
  author: string,
  state: string,
  changes: Partial<RuledReview> = {},
): RuledReview => ({
  author,
  state,
  commit: 'head',
  canWrite: true,
  identities: new Set([`@${author}`]),
  ...changes,
});

it.each<[string, Partial<MergeFacts>, string[]]>([
  ['nothing stands in the way', {}, []],
  ['it is a draft', { draft: true }, ['The pull request is still a draft.']],
  [
    'it conflicts',
    { clean: false, conflicts: ['a', 'b'] },
    ['There are merge conflicts in a, b.'],
  ],
  [
    'the reviewer cannot write',
    {
      protection: protection({ required_approving_review_count: 1 }),
      reviews: [review('sofia', 'APPROVED', { canWrite: false })],
    },
    [
      'At least 1 approving review is required by a reviewer with write access.',
    ],
  ],
  [
    'the author approved',
    {
      protection: protection({ required_approving_review_count: 1 }),
      reviews: [review('mina', 'APPROVED')],
    },
    [
      'At least 1 approving review is required by a reviewer with write access.',
    ],
  ],
  [
    'an approval was taken back, a comment takes nothing back',
    {
      protection: protection({ required_approving_review_count: 1 }),
      reviews: [
        review('leo', 'APPROVED'),
        review('leo', 'COMMENTED'),
        review('ana', 'APPROVED'),
        review('ana', 'CHANGES_REQUESTED'),
      ],
    },
    ['ana requested changes.'],
  ],
  [
    'an approval is of an earlier head and stale ones do not count',
    {
      protection: protection({
        required_approving_review_count: 1,
        dismiss_stale_reviews: true,
      }),
      reviews: [review('leo', 'APPROVED', { commit: 'older' })],
    },
    [
      'At least 1 approving review is required by a reviewer with write access.',
    ],
  ],
  [
    'a code owner has not approved',
    {
      protection: protection({
        required_approving_review_count: 1,
        require_code_owner_reviews: true,
      }),
      reviews: [review('leo', 'APPROVED')],
      codeOwners: [{ pattern: '/src/', owners: ['@acme/security'] }],
    },
    ['A review by the code owner @acme/security is required.'],
  ],
  [
    'a check is missing and the head is behind',
    {
      protection: protection(null, { strict: true, contexts: ['build'] }),
      behindBase: true,
    },
    [
      'Required status check "build" has not succeeded.',
      'The head branch is not up to date with the base branch.',
    ],
  ],
])('says why not when %s', (_when, changes, reasons) => {
  expect(reasonsAgainstMerge(facts(changes))).toEqual(reasons);
});

it('never lets one more approval be a reason against', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.record({
          author: fc.constantFrom('a', 'b', 'c'),
          state: fc.constantFrom('APPROVED', 'CHANGES_REQUESTED', 'COMMENTED'),
        }),
      ),
      fc.integer({ min: 0, max: 3 }),
      (given, needed) => {
        const reviews = given.map(item => review(item.author, item.state));
        const rules = protection({ required_approving_review_count: needed });
        const before = reasonsAgainstMerge(
          facts({ reviews, protection: rules }),
        );
        const after = reasonsAgainstMerge(
          facts({
            reviews: [...reviews, review('d', 'APPROVED')],
            protection: rules,
          }),
        );
        expect(after.length).toBeLessThanOrEqual(before.length);
      },
    ),
  );
});
