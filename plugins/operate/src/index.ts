/**
 * The Operate card: everything an incident needs, on one look.
 *
 * @packageDocumentation
 */
export { operatePlugin as default } from './plugin';
export { operateApiRef, type OperateApi } from './api/OperateApi';
export { operateTranslationRef } from './translation';
