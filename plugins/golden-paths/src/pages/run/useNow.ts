import { useState } from 'react';
import useInterval from 'react-use/esm/useInterval';

/** The time in milliseconds since the epoch, each second anew while it matters. */
export function useNow(isTicking: boolean): number {
  const [now, setNow] = useState(readClock);
  useInterval(() => setNow(readClock()), isTicking ? 1000 : null);
  return now;
}

/** By the page's own clock, which never jumps. */
function readClock(): number {
  return performance.timeOrigin + performance.now();
}
