import {
  createFrontendModule,
  createTranslationMessages,
} from '@backstage/frontend-plugin-api';
import { TranslationBlueprint } from '@backstage/plugin-app-react';
import { notificationsTranslationRef } from '@backstage/plugin-notifications/alpha';
import { userSettingsTranslationRef } from '@backstage/plugin-user-settings/alpha';

const settings = TranslationBlueprint.make({
  name: 'waymark-settings',
  params: {
    resource: createTranslationMessages({
      ref: userSettingsTranslationRef,
      messages: {
        'identityCard.title': 'Who you are in the catalog',
        'identityCard.userEntity': 'You',
        'identityCard.ownershipEntities': 'You act for',
      },
    }),
  },
});

const notifications = TranslationBlueprint.make({
  name: 'waymark-notifications',
  params: {
    resource: createTranslationMessages({
      ref: notificationsTranslationRef,
      messages: {
        'unreadCard.title_one': 'Unread notifications ({{count}})',
        'unreadCard.title_other': 'Unread notifications ({{count}})',
        'unreadCard.viewAll': 'View all',
      },
    }),
  },
});

/** Words of other plugins where theirs say less, or speak of Backstage. */
export const wordsModule = createFrontendModule({
  pluginId: 'app',
  extensions: [settings, notifications],
});
