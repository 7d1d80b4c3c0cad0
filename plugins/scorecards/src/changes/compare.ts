export {
  levelsBetween,
  movesBetween,
  type ScoreMove as Move,
} from '@waymark/scorecards-common';
