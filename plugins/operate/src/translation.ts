import { createTranslationRef } from '@backstage/frontend-plugin-api';

/** Texts of the Operate card. @public */
export const operateTranslationRef = createTranslationRef({
  id: 'plugin.operate',
  messages: {
    card: {
      title: 'Operate',
      loading: 'Loading who is on call, runbook, objectives and last changes',
      owner: 'Owner: {{name}}',
    },
    error: {
      title: 'The Operate card could not be loaded',
      retry: 'Try again',
    },
    problem: {
      error: 'Problem',
    },
    onCall: {
      title: 'On call now',
      until: 'until {{time}}',
      untilInZone: '{{time}} in {{zone}}',
      next: 'then {{name}}',
      forGood: 'no handover planned',
      override: 'Standing in',
      overrideReason: 'Standing in: {{reason}}',
      escalation: 'No answer after {{duration}}? Call',
      schedule: 'Schedule',
      elsewhere: 'Kept in {{title}}',
      inherited: 'Schedule of {{name}}',
    },
    runbook: { title: 'Runbook' },
    slo: {
      title: 'Objectives',
      rolling: '{{window}}, rolling',
      calendar: '{{window}}, calendar',
      elsewhere: 'Kept in {{title}}',
      source: 'Definition',
    },
    dashboards: { title: 'Dashboards' },
    slack: {
      title: 'Slack',
      inherited: 'Channel of {{name}}',
    },
    lastChanges: {
      title: 'Last changes',
      none: 'No commit touches this folder yet.',
    },
  },
});
