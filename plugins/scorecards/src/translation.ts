import { createTranslationRef } from '@backstage/frontend-plugin-api';
import { changesMessages } from './messages/changes';
import { entityMessages } from './messages/entity';
import { exemptionsMessages } from './messages/exemptions';
import { labMessages } from './messages/lab';
import { pageMessages } from './messages/pages';

/** Texts of the pages and cards of scorecards. @public */
export const scorecardsTranslationRef = createTranslationRef({
  id: 'plugin.scorecards',
  messages: {
    ...pageMessages,
    changes: changesMessages,
    entity: entityMessages,
    exemptions: exemptionsMessages,
    lab: labMessages,
    retry: 'Try again',
    state: {
      pass: 'Pass',
      warn: 'Warning',
      fail: 'Fail',
      unknown: 'Unknown',
      notApplicable: 'Not applicable',
      exempt: 'Exempt',
      upcoming: 'Upcoming',
      held: '{{word}} (held: {{other}})',
      countsAs: '{{word}} (counts as: {{other}})',
      otherwise: '{{word}} (otherwise: {{other}})',
    },
    level: {
      none: 'No level',
      unrated: 'Not rated',
    },
    confidence: {
      value: '{{share}} known',
      none: 'Nothing is known',
    },
    adoption: {
      title: 'In force',
      loading: 'Loading whether this definition is in force',
      adopted: 'Adopted',
      adoptedSince: 'This version is in force since {{time}}.',
      rejected: 'Refused',
      rejectedKept:
        'The newest version was refused. The version of {{time}} stays in force.',
      rejectedNone:
        'It was refused, and no version of it was ever in force: nothing is measured by it.',
      problems: 'What is wrong',
      gone: 'It has vanished from Git at {{time}} and stays in force for one more day.',
      unseen: 'Not read yet',
      unseenDescription:
        'Definitions are read within seconds after they appear in the catalog.',
      version: 'Version {{hash}}',
      error: 'Whether it is in force could not be loaded',
    },
  },
});
