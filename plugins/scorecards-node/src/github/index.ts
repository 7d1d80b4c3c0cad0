export { RefusedError } from './RefusedError';
export {
  RepositoryApi,
  type ConditionalAnswer,
  type RepositoryRequest,
} from './RepositoryApi';
export { partitionsOfRepositoryEvent } from './repositoryEvents';
