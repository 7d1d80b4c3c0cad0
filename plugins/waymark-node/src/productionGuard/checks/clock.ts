import { ProductionCheck } from '../types';

/** Evidence carries the time at which it was made. */
export const checkClock: ProductionCheck = config =>
  config.has('waymark.clock.offset')
    ? [
        {
          key: 'waymark.clock.offset',
          problem: 'moves the clock, so that evidence would carry a false time',
          remedy: 'remove it',
        },
      ]
    : [];
