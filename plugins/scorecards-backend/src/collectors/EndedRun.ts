import { JsonObject } from '@backstage/types';
import { FoundAttestations } from '@waymark/scorecards-node';
import { Finding } from './judgeRun';
import { ClaimedPartition } from './PartitionQueue';
import { CollectorPlan } from './plan';

/** A run that has ended, and was not recorded yet. */
export interface EndedRun {
  claimed: ClaimedPartition;
  plan: CollectorPlan;
  findings: Finding[];
  attestations: FoundAttestations[];
  /** Entities of the partition that the run had to leave out. */
  skipped: { entityId: number; failures: number }[];
  startedAt: Date;
  durationMillis: number;
  /** What the collector wants to remember. */
  state: JsonObject | undefined;
}
