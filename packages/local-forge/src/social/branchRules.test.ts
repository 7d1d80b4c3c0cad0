import { parseProtection } from './protection';
import { refusedMoves } from './branchRules';

const REVIEWED = 'Changes must be made through a pull request.';
const NO_FORCE = 'Cannot force-push to this branch';
const NO_DELETION = 'Cannot delete this branch';

const admin = { isAdmin: true, isAllowed: true };
const writer = { isAdmin: false, isAllowed: true };

const refused = (settings: object, mover: typeof admin) =>
  Object.fromEntries(
    refusedMoves(
      parseProtection({
        required_status_checks: null,
        enforce_admins: false,
        required_pull_request_reviews: null,
        restrictions: null,
        ...settings,
      }),
      mover,
    ),
  );

it.each([
  ['a protection without any rule', {}, writer, [NO_FORCE, NO_DELETION]],
  ['the same for an administrator', {}, admin, [NO_FORCE, NO_DELETION]],
  ['allowed deletions', { allow_deletions: true }, writer, [NO_FORCE]],
  [
    'allowed force pushes',
    { allow_force_pushes: true },
    admin,
    [undefined, NO_DELETION],
  ],
])(
  'refuses force pushes and deletions until they are allowed: %s',
  (_case, settings, mover, [force, deletion]) => {
    expect(refused(settings, mover)).toEqual({
      ...(force ? { force } : {}),
      ...(deletion ? { delete: deletion } : {}),
    });
  },
);

it.each([{ required_pull_request_reviews: {} }, { lock_branch: true }])(
  'refuses every direct move of a closed branch, whatever else is allowed: %j',
  rule => {
    const settings = {
      ...rule,
      allow_force_pushes: true,
      allow_deletions: true,
    };
    const everything = {
      create: REVIEWED,
      update: REVIEWED,
      force: REVIEWED,
      delete: REVIEWED,
    };
    expect(refused(settings, writer)).toEqual(everything);
    expect(refused(settings, admin)).toEqual({});
    expect(refused({ ...settings, enforce_admins: true }, admin)).toEqual(
      everything,
    );
  },
);

it('lets those through whom restrictions name', () => {
  const settings = { restrictions: { users: ['mina'], teams: [] } };
  expect(refused(settings, writer)).not.toHaveProperty('update');
  expect(refused(settings, { ...writer, isAllowed: false })).toHaveProperty(
    'update',
    REVIEWED,
  );
});
