export { BOT_LOGIN, startForge } from './startForge';
export type { ForgeOptions, ForgeSeed, RunningForge } from './startForge';
export { StartError } from './environment';
export { GitHubApiError } from './errors';
export { signPayload } from './webhooks/signature';
export type * from './services/ForgeService';
