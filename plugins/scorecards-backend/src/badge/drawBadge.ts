import { EntityScore } from '@waymark/scorecards-common';
import { makeBadge } from 'badge-maker';

/** What a badge says of an entity; of less than that it says "unknown". */
export type BadgeScore = Pick<EntityScore, 'title' | 'rated' | 'levelTitle'> & {
  checks: readonly Pick<EntityScore['checks'][number], 'state'>[];
};

// White text on each of them has a contrast of 4.5 to 1 at least.
const LABEL = '#3d3d3d';
const NOTHING = '#636363';
const NO_LEVEL = '#a8321a';
const LEVEL = '#1d6b40';

/**
 * Draws a badge as SVG, with its text as the title for who cannot see it.
 *
 * @param score - undefined where nothing may be said, whatever the reason
 */
export function drawBadge(score: BadgeScore | undefined): string {
  if (!score) {
    return draw('scorecard', 'unknown', NOTHING);
  }
  const { title, rated, levelTitle, checks } = score;
  if (!rated) {
    return draw(title, 'not rated', NOTHING);
  }
  const debt = checks.filter(({ state }) => state === 'exempt').length;
  const level = levelTitle ?? 'no level';
  return draw(
    title,
    debt > 0 ? `${level} · ${debt} exempt` : level,
    levelTitle === null ? NO_LEVEL : LEVEL,
  );
}

function draw(label: string, message: string, color: string): string {
  return makeBadge({ label, message, color, labelColor: LABEL });
}
