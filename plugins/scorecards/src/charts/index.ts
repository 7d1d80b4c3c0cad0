export { LevelDistribution } from './LevelDistribution';
export { levelShares, type LevelShare } from './levels';
export { Sparkline } from './Sparkline';
