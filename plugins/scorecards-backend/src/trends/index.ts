export { insightHandlers } from './insightHandlers';
export { insightOperations } from './insightOperations';
export { MoverReads } from './MoverReads';
export { TrendReads } from './TrendReads';
