export interface Config {
  operate?: {
    slack?: {
      /**
       * Address of the Slack workspace, such as `https://acme.slack.com`. Without it the Operate card shows channels
       * as text.
       */
      workspaceUrl?: string;
    };
  };
}
