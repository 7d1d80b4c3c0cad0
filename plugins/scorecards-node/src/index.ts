/**
 * What modules of the scorecards backend share.
 *
 * @packageDocumentation
 */
export * from './collectors';
export * from './github';
export * from './hosts';
