const MINUTE = 60;
const HOUR = 60 * MINUTE;

/** A span of time as people say it, in whole seconds, as exact as events are: `12 s`, `3 min 5 s`, `2 h 10 min`. */
export function formatElapsed(millis: number): string {
  const seconds = Math.max(0, Math.round(millis / 1000));
  if (seconds === 0) {
    return 'under 1 s';
  }
  if (seconds < MINUTE) {
    return `${seconds} s`;
  }
  if (seconds < HOUR) {
    return `${Math.floor(seconds / MINUTE)} min ${seconds % MINUTE} s`;
  }
  const minutes = Math.round(seconds / MINUTE);
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
