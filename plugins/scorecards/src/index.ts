/**
 * Scorecards in the browser.
 *
 * @packageDocumentation
 */
export { scorecardsPlugin as default } from './plugin';
export { scorecardsApiRef, type ScorecardsApi } from './api/ScorecardsApi';
export { scorecardsTranslationRef } from './translation';
