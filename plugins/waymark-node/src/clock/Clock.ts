/**
 * The only source of time of Waymark's backends. Injected, so that history can be made and tests can move it.
 * @public
 */
export interface Clock {
  /** The current instant. Each call gives a new object. */
  now(): Date;
}
