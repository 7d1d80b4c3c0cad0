const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** A span of time as people say it: `0.4 s`, `12 s`, `3 min 5 s`, `2 h 10 min`. */
export function formatElapsed(millis: number): string {
  if (millis < 9.95 * SECOND) {
    return `${(Math.max(0, millis) / SECOND).toFixed(1)} s`;
  }
  const seconds = Math.round(millis / SECOND);
  if (seconds * SECOND < MINUTE) {
    return `${seconds} s`;
  }
  if (seconds * SECOND < HOUR) {
    return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  }
  const minutes = Math.round(seconds / 60);
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
