import { NotificationSendOptions } from '@backstage/plugin-notifications-node';

/** Somebody is to be told something. */
export interface Notice {
  /** Stable, so that what is told twice after a crash replaces itself. */
  id: string;
  /** Refs of groups and users. */
  recipients: string[];
  payload: NotificationSendOptions['payload'];
}
