export { seedOrganization } from './organization';
export { seedRepositories } from './seedRepositories';
export type * from './types';
