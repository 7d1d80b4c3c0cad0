export { PushAuthenticator } from './PushAuthenticator';
