import { Exemption } from '@waymark/scorecards-common';

/** A request that waits for whoever looks. */
export const exemption = (
  id: string,
  more: Partial<Exemption> = {},
): Exemption => ({
  id,
  scorecard: 'quality',
  scorecardTitle: 'Quality',
  check: id,
  checkTitle: `Check of ${id}`,
  state: 'requested',
  kind: 'entities',
  records: [{ subject: 'component:default/api', state: 'requested' }],
  hidden: 0,
  reason: 'Late',
  compensatingControl: 'By hand',
  plan: 'Soon',
  owner: 'group:default/checkout',
  requestedBy: 'user:default/dev',
  requestedAt: '2026-03-01T12:00:00.000Z',
  expiresAt: '2026-04-01T12:00:00.000Z',
  renewals: 0,
  renewal: null,
  approvals: [],
  steps: [],
  may: {
    approve: true,
    reject: true,
    withdraw: false,
    renew: false,
    revoke: false,
  },
  ...more,
});
