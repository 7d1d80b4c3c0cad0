export { EntityOperateCard } from './EntityOperateCard';
