export { BOT_LOGIN } from './openState';
export type { ForgeOptions, ForgeSeed } from './openState';
export { startForge } from './startForge';
export type { RunningForge } from './startForge';
export { StartError } from './environment';
export { GitHubApiError } from './errors';
export { signPayload } from './webhooks/signature';
export type * from './services/ForgeService';
