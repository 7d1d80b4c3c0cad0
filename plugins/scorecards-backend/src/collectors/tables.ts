import { Big } from '../database/intervals';

export const COLLECTORS = 'collectors';
export const PARTITIONS = 'collector_partitions';
export const TARGETS = 'collector_targets';
export const DEPENDENCIES = 'collector_dependencies';

/** Why a partition is due; what is lower goes first. */
export const PRIORITY = { asked: 0, changed: 1, scheduled: 2 };

export interface CollectorRow {
  collector: string;
  definitions: string;
  cursor: Big;
  seen: string;
  followed_at: Big;
  refusals: number;
  paused_until: Big | null;
}

export interface PartitionRow {
  id: number;
  collector: string;
  key: string;
  host: string | null;
  account: string;
  refused: boolean;
  state: string | null;
  priority: number;
  due_at: Big | null;
  requests: number;
  lease_token: string | null;
  lease_until: Big | null;
  started_at: Big | null;
  duration: number | null;
  error: string | null;
}

export interface TargetRow {
  collector: string;
  entity_id: number;
  partition_id: number;
  due_at: Big | null;
  request: number;
  failures: number;
}
