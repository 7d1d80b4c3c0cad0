import { createFrontendModule } from '@backstage/frontend-plugin-api';
import { SwappableComponentBlueprint } from '@backstage/plugin-app-react';
import { NotificationDescription } from '@backstage/plugin-notifications';
import { NotificationText } from './NotificationText';

const notificationText = SwappableComponentBlueprint.make({
  name: 'notification-description',
  params: define =>
    define({
      component: NotificationDescription,
      loader: () => NotificationText,
    }),
});

/** What notifications look like. */
export const notificationsModule = createFrontendModule({
  pluginId: 'app',
  extensions: [notificationText],
});
