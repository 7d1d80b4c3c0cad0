/**
 * For tests: waits until `probe` gives a value that is not `undefined`.
 *
 * @param timeoutMillis - how long to wait, 15 seconds when absent
 * @throws Error with the text of `probe` when the time is over
 * @public
 */
export async function eventually<T>(
  probe: () => Promise<T | undefined>,
  timeoutMillis = 15_000,
): Promise<T> {
  const end = performance.now() + timeoutMillis;
  for (;;) {
    const value = await probe();
    if (value !== undefined) {
      return value;
    }
    if (performance.now() > end) {
      throw new Error(`Nothing within ${timeoutMillis} ms: ${probe}`);
    }
    await new Promise(resolve => setTimeout(resolve, 100));
  }
}
