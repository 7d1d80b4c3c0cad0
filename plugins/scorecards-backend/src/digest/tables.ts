import { Big } from '../database/intervals';

export const DIGESTS = 'digests';

export interface DigestRow {
  due_at: Big;
  since: Big;
  after_owner: string;
  finished_at: Big | null;
}
