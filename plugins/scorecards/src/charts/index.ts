export { LevelDistribution } from './LevelDistribution';
export { LevelTrend } from './LevelTrend';
export { levelShares, type LevelShare } from './levels';
export { Sparkline } from './Sparkline';
