import { EntitiesProjection } from './EntitiesProjection';
import { Projection } from './Projection';
import {
  ResultsProjection,
  ResultsProjectionOptions,
} from './ResultsProjection';
import { RollupsProjection } from './RollupsProjection';

export {
  PROJECTION_NAMES,
  type Projection,
  type ProjectionName,
  type ProjectionReport,
  type RebuildOptions,
} from './Projection';

/** Every projection, in the order of {@link PROJECTION_NAMES}. */
export function projections(options: ResultsProjectionOptions): Projection[] {
  return [
    EntitiesProjection.create(options),
    ResultsProjection.create(options),
    RollupsProjection.create(options),
  ];
}
