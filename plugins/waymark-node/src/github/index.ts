export { GithubClients } from './GithubClients';
