export { FIGURES } from './figures';
export type { Figure, FigureId } from './figures';
export type { Measurement } from './measurement';
export { median } from './statistics';
