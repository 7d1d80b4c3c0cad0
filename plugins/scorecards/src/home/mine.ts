import {
  effortMillis,
  EntityScores,
  ExemptionDebt,
  LadderPath,
  LadderSpec,
  LadderStep,
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
  /** What costs least of all that leads to a higher level. */
  next?: {
    step: LadderStep;
    target: LadderPath['target'];
    scorecard: string;
    title: string;
  };
}

function nextOf(
  { scorecards }: EntityScores,
  specs: ReadonlyMap<string, LadderSpec | null>,
): MineRow['next'] {
  const [next] = scorecards
    .flatMap(score => {
      const path = score.rated && pathOf(score, specs.get(score.scorecard));
      return path
        ? [
            {
              step: path.steps[0],
              target: path.target,
              scorecard: score.scorecard,
              title: score.title,
            },
          ]
        : [];
    })
    .sort(
      (a, b) =>
        (effortMillis(a.step.effort) ?? Infinity) -
        (effortMillis(b.step.effort) ?? Infinity),
    );
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

/** What I own and scorecards are about: what dropped first, then what has something to do, then the rest. */
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
    .sort((a, b) => urgency(b) - urgency(a));
}
