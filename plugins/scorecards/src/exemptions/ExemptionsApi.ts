import { createApiRef } from '@backstage/frontend-plugin-api';
import {
  Exemption,
  ExemptionList,
  ExemptionRenewalRequest,
  ExemptionRequest,
  ExemptionState,
} from '@waymark/scorecards-common';
import { PageQuery, ReadOptions } from '../api/ScorecardsApi';

/** Which exemptions are meant; all conditions together. @public */
export interface ExemptionFilter extends PageQuery {
  /** Only what waits for the approval of who asks. */
  approver?: 'me';
  /** Full entity ref; exemptions of its system and domain concern it too. */
  entity?: string;
  scorecard?: string;
  check?: string;
  state?: ExemptionState;
}

/** A decision about an exemption, or a step that ends it. @public */
export type ExemptionVerb = 'approve' | 'reject' | 'withdraw' | 'revoke';

/**
 * Asks for exemptions and decides about them. Each call throws a ResponseError when the backend refuses.
 * @public
 */
export interface ExemptionsApi {
  /** Exemptions, newest first. */
  listExemptions(
    filter: ExemptionFilter,
    options?: ReadOptions,
  ): Promise<ExemptionList>;

  /** One exemption, whatever became of it. */
  getExemption(id: string, options?: ReadOptions): Promise<Exemption>;

  /** Asks that a check does not count for a while. */
  request(request: ExemptionRequest): Promise<Exemption>;

  /** Asks for more time. */
  renew(id: string, renewal: ExemptionRenewalRequest): Promise<Exemption>;

  /** @param comment - needed to reject and to revoke */
  decide(id: string, verb: ExemptionVerb, comment?: string): Promise<Exemption>;
}

/** @public */
export const exemptionsApiRef = createApiRef<ExemptionsApi>().with({
  id: 'plugin.scorecards.exemptions',
  pluginId: 'scorecards',
});
