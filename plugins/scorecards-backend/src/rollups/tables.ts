import type { Big } from '../database/intervals';

export const ROLLUPS = 'rollups';
export const ROLLUP_WINDOWS = 'rollup_windows';
export const ROLLUP_HEAD = 'rollup_head';

export interface RollupHeadRow {
  seq: Big;
  window: Big;
}
