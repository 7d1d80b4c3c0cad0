import type { Big } from '../facts/tables';
import type { Cause } from './cause';

export const RESULTS = 'results';
export const RESULT_HEAD = 'result_head';
export const SCORECARDS = 'result_scorecards';
export const LAYOUTS = 'result_layouts';
export const DUE = 'due';

export interface ResultDbRow {
  seq: Big;
  entity_id: number;
  scorecard_id: number;
  definition_id: number;
  layout_id: number;
  placement_id: number;
  results: string | null;
  level: number | null;
  points: number | null;
  confidence: number | null;
  cause: Cause;
  detail: string | null;
  holds: string | null;
  previous: Big | null;
  valid_from: Big;
  valid_to: Big | null;
}
