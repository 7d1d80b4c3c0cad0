export { restartingSchedulerServiceFactory } from './restartingSchedulerServiceFactory';
