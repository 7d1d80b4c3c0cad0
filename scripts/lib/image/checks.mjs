import { say } from '../progress.mjs';

/** Runs checks one after another, says what came of each, and counts. */
export class Checks {
  passed = 0;
  failed = 0;

  /**
   * @param {string} sentence what is so when `work` ends without an error
   * @param {() => Promise<T>} work
   * @returns {Promise<T | undefined>} what `work` resolved to; undefined when it failed
   */
  async check(sentence, work) {
    const started = performance.now();
    try {
      const result = await work();
      say.done(sentence, (performance.now() - started) / 1000);
      this.passed += 1;
      return result;
    } catch (error) {
      say.failure(`${sentence}\n${error.stack}`);
      this.failed += 1;
      return undefined;
    }
  }
}
