export { Confidence } from './Confidence';
export { EmptyState } from './EmptyState';
export { LevelBadge } from './LevelBadge';
export { LoadFailure } from './LoadFailure';
export { Loading } from './Loading';
export { StateChip, StateIcon, STATES, useStateWords } from './StateChip';
