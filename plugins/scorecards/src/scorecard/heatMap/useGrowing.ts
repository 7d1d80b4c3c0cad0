import { useEffect, useState } from 'react';

/** As many rows as a screen has. */
const STEP = 20;
/** Milliseconds left to everything else, where the browser cannot say that it is idle. */
const PAUSE = 50;

/**
 * How many of many rows to draw now: a screenful with the page, the others whenever the browser is idle, so that the
 * page answers meanwhile.
 */
export function useGrowing(count: number): number {
  const [drawn, setDrawn] = useState(STEP);
  useEffect(() => {
    if (drawn >= count) return undefined;
    const grow = () => setDrawn(drawn + STEP);
    // Safari has no idle callbacks.
    if (!('requestIdleCallback' in window)) {
      const timer = setTimeout(grow, PAUSE);
      return () => clearTimeout(timer);
    }
    const request = requestIdleCallback(grow);
    return () => cancelIdleCallback(request);
  }, [drawn, count]);
  return drawn;
}
