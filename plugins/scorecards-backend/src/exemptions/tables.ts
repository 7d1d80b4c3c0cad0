import { Big } from '../database/intervals';

export const EXEMPTIONS = 'exemptions';
export const RECORDS = 'exemption_records';
export const APPROVERS = 'exemption_approvers';
export const OPEN = 'open_exemptions';
export const GRANTS = 'exemption_grants';

export interface ExemptionRow {
  number: number;
  id: string;
  version: number;
  scorecard: string;
  check_id: string;
  state: string;
  next_at: Big | null;
  document: string;
}

export interface RecordRow {
  exemption: number;
  position: number;
  entity_id: number;
  subject: string;
  state: string;
  ended_at: Big | null;
  look_at: Big | null;
}
