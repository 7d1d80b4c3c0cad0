import { Big } from '../database/intervals';

export const NOTICES = 'notices';

export interface NoticeRow {
  number: number;
  id: string;
  recipients: string;
  payload: string;
  at: Big;
  next_try_at: Big | null;
  tries: number;
}
