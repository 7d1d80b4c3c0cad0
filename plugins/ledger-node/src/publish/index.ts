export { HeadFile, type HeadSink } from './HeadFile';
export { HeadPublisher } from './HeadPublisher';
