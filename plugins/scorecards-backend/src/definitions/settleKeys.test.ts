import fc from 'fast-check';
import { Proposal } from './seen';
import { keysOf, settleKeys } from './settleKeys';
import { Adopted } from './tables';

type Source = Pick<Proposal<'FactSource'>, 'kind' | 'ref' | 'name' | 'spec'>;

/** A fact source as far as its keys go; the ref is namespace and name. */
function source([ref, id]: [ref: string, id: string]): Source {
  const spec = { id } as Source['spec'];
  return { kind: 'FactSource', ref, name: ref.split('/')[1], spec };
}

const keys = (one: Source) => Object.values(keysOf(one as Proposal));
const hasSame = (one: Source, other: Source) =>
  keys(one).some(key => keys(other).includes(key));

const REFS = ['x/git', 'x/npm', 'x/pip', 'y/git', 'y/npm'];
const some = fc.tuple(
  fc.constantFrom(...REFS),
  fc.constantFrom('i1', 'i2', 'i3', 'i4'),
);
const proposed = fc
  .uniqueArray(some.map(source), { selector: ({ ref }) => ref })
  .chain(all => fc.tuple(fc.constant(all), fc.shuffledSubarray(all)));
const inForce = fc.uniqueArray(some.map(source), { comparator: hasSame });

describe('the settlement of keys', () => {
  it('gives each to one, takes none from whom it was given, and is the same in any order', () => {
    fc.assert(
      fc.property(
        inForce,
        proposed,
        fc.subarray(REFS),
        (incumbents, [all, shuffled], wrong) => {
          const settle = (proposals: Source[]) =>
            settleKeys(
              proposals.filter(({ ref }) => !wrong.includes(ref)) as Proposal[],
              {
                inForce: incumbents as Adopted[],
                staying: new Set(
                  incumbents
                    .map(({ ref }) => ref)
                    .filter(ref => wrong.includes(ref)),
                ),
              },
            );
          const { accepted, refused, isReplaced } = settle(all);
          const right = all.filter(({ ref }) => !wrong.includes(ref));
          const refusedRefs = refused.map(({ proposal }) => proposal.ref);
          const stays = incumbents.filter(({ ref }) =>
            [...wrong, ...refusedRefs].includes(ref),
          );
          const after = [...(accepted as Source[]), ...stays];

          expect(
            [...accepted.map(({ ref }) => ref), ...refusedRefs].sort(),
          ).toEqual(right.map(({ ref }) => ref).sort());
          const given = after.flatMap(keys);
          expect(new Set(given).size).toBe(given.length);
          // Who changes no key is never refused, nor is anybody whose keys are free.
          expect(
            right.filter(
              one =>
                refusedRefs.includes(one.ref) &&
                incumbents.some(
                  before =>
                    before.ref === one.ref &&
                    String(keys(before)) === String(keys(one)),
                ),
            ),
          ).toEqual([]);
          expect(
            right.filter(
              one =>
                refusedRefs.includes(one.ref) &&
                !after.some(
                  other => other.ref !== one.ref && hasSame(other, one),
                ),
            ),
          ).toEqual([]);
          const gone = incumbents.filter(
            ({ ref }) =>
              !all.some(one => one.ref === ref) &&
              !stays.some(one => one.ref === ref),
          );
          expect(gone.filter(one => isReplaced(one as Adopted))).toEqual(
            gone.filter(one => after.some(other => hasSame(other, one))),
          );
          const subset = settle(all.filter(one => shuffled.includes(one)));
          expect(settle(shuffled).accepted).toEqual(subset.accepted);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});
