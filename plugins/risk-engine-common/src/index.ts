export * from './riskModel';
