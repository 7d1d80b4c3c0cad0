import { OperateAnswer } from '@waymark/operate-common';

/** A service whose owners have written everything down. */
export const fullAnswer: OperateAnswer = {
  entityRef: 'component:default/checkout',
  now: '2026-11-22T12:00:00.000Z',
  owner: { ref: 'group:default/checkout', name: 'Checkout team' },
  onCall: {
    title: 'Checkout on-call',
    timeZone: 'Europe/Paris',
    shifts: [
      {
        layer: 'primary',
        person: { ref: 'user:default/dev-checkout', name: 'Mina Okafor' },
        until: '2026-11-23T08:00:00.000Z',
        next: { ref: 'user:default/dev-checkout-2', name: 'Jonas Lindqvist' },
      },
      {
        layer: 'secondary',
        person: { ref: 'user:default/lead-payments', name: 'Ines Moreau' },
        override: { reason: 'holidays' },
      },
    ],
    escalation: {
      after: 'PT15M',
      to: { ref: 'group:default/payments', name: 'Payments' },
    },
    source: {
      title: 'checkout.yaml',
      url: 'https://forge.example/acme/on-call/blob/HEAD/checkout.yaml',
    },
    inheritedFrom: 'Payments',
  },
  runbook: {
    title: 'When checkout is down',
    url: 'https://forge.example/acme/checkout/blob/main/docs/runbook.md',
  },
  slo: {
    objectives: [
      { name: 'Availability', target: 0.9995, window: '28d', rolling: true },
      {
        name: 'Latency',
        objective: 'p95 ≤ 300',
        target: 0.99,
        window: '28d',
        rolling: true,
      },
    ],
    source: {
      title: 'slo.yaml',
      url: 'https://forge.example/acme/checkout/blob/main/slo.yaml',
    },
  },
  dashboards: [
    { title: 'Checkout traffic', url: 'https://grafana.example/d/checkout' },
  ],
  slack: { channel: '#checkout', url: 'https://acme.slack.example/checkout' },
  lastChanges: [
    {
      sha: 'a'.repeat(40),
      message: 'Retry the ledger call once, because it times out on Mondays',
      author: { ref: 'user:default/dev-checkout', name: 'Mina Okafor' },
      at: '2026-11-22T10:00:00.000Z',
      url: `https://forge.example/acme/checkout/commit/${'a'.repeat(40)}`,
    },
    {
      sha: 'b'.repeat(40),
      message: 'Bump the HTTP client',
      author: { name: 'A Stranger' },
      at: '2026-11-19T10:00:00.000Z',
      url: `https://forge.example/acme/checkout/commit/${'b'.repeat(40)}`,
    },
  ],
  problems: [],
};

/** A service of which nothing is known yet, and whose schedule is wrong. */
export const bareAnswer: OperateAnswer = {
  entityRef: 'component:default/bare',
  now: '2026-11-22T12:00:00.000Z',
  dashboards: [],
  lastChanges: [],
  problems: [
    {
      part: 'onCall',
      severity: 'error',
      reason:
        'Invalid OnCallSchedule: spec.timeZone: must be an IANA time zone, such as Europe/Paris',
      fix: 'Correct it in Git; the card follows within seconds.',
    },
    {
      part: 'runbook',
      severity: 'missing',
      reason: 'There is no runbook.',
      fix: 'Write one (docs/runbook.md) and add the annotation waymark.dev/runbook to catalog-info.yaml.',
    },
    {
      part: 'lastChanges',
      severity: 'error',
      reason: 'forge.example did not answer',
      fix: 'Try again in a minute. If it lasts, tell the platform team.',
    },
  ],
};
