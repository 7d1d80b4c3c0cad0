import { parseEntityRef } from '@backstage/catalog-model';
import {
  effortMillis,
  EntityScores,
  ExemptionDebt,
  LadderPath,
  LadderSpec,
  pathOf,
} from '@waymark/scorecards-common';
import { levelsBetween, Move } from '../changes/compare';

/** What the widget says of one entity. */
export interface MineRow {
  entityRef: string;
  scores: EntityScores['scorecards'];
  /** Scorecards whose level it has lost. */
  dropped: Move[];
  /** What was excused in all of them; undefined where nothing was. */
  debt?: ExemptionDebt;
  /** The way to a higher level whose first step costs least of all. */
  next?: { path: LadderPath; scorecard: string; title: string };
}

function nextOf(
  { scorecards }: EntityScores,
  specs: ReadonlyMap<string, LadderSpec | null>,
): MineRow['next'] {
  const firstEffort = ({ path }: NonNullable<MineRow['next']>) =>
    effortMillis(path.steps[0].effort) ?? Infinity;
  const [next] = scorecards
    .flatMap(score => {
      const { scorecard, title } = score;
      const path = score.rated && pathOf(score, specs.get(scorecard));
      return path ? [{ path, scorecard, title }] : [];
    })
    .sort((a, b) => firstEffort(a) - firstEffort(b));
  return next;
}

function debtIn({ scorecards }: EntityScores): MineRow['debt'] {
  const debts = scorecards.flatMap(({ debt }) => debt ?? []);
  const [nextExpiry] = debts.map(debt => debt.nextExpiry).sort();
  return nextExpiry === undefined
    ? undefined
    : {
        active: debts.reduce((sum, { active }) => sum + active, 0),
        nextExpiry,
      };
}

/** In how many scorecards it has no level; where nothing is known, nobody can tell. */
const withoutLevel = ({ scores }: MineRow) =>
  scores.filter(({ rated, level }) => rated && level === null).length;

/** The mean of the points in all of them. */
function pointsIn({ scores }: MineRow): number {
  const points = scores.flatMap(score => score.points ?? []);
  return points.length > 0
    ? points.reduce((sum, one) => sum + one, 0) / points.length
    : 1;
}

const nameIn = ({ entityRef }: MineRow) => parseEntityRef(entityRef).name;

/**
 * What I own and scorecards are about: what dropped first, then what has something to do, then the rest. Of each of them
 * first what has no level most often, then what has fewest points.
 */
export function mineOf(
  scores: readonly EntityScores[],
  moves: readonly Move[],
  specs: ReadonlyMap<string, LadderSpec | null>,
): MineRow[] {
  const urgency = ({ dropped, next }: MineRow) =>
    (dropped.length > 0 ? 2 : 0) + (next ? 1 : 0);
  return scores
    .filter(({ scorecards }) => scorecards.length > 0)
    .map(one => ({
      entityRef: one.entityRef,
      scores: one.scorecards,
      dropped: moves.filter(
        move =>
          move.entityRef === one.entityRef &&
          levelsBetween(move, specs.get(move.after.scorecard)) < 0,
      ),
      debt: debtIn(one),
      next: nextOf(one, specs),
    }))
    .sort(
      (a, b) =>
        urgency(b) - urgency(a) ||
        withoutLevel(b) - withoutLevel(a) ||
        pointsIn(a) - pointsIn(b) ||
        nameIn(a).localeCompare(nameIn(b)),
    );
}
