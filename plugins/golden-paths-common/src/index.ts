export * from './annotations';
export * from './answers';
export * from './provenance';
export * from './scaffoldCompleted';
