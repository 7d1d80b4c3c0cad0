import { ConflictError } from '@backstage/errors';

/** Of what one person asks for, only the latest is worth an answer: whatever was asked before is given up. */
export class LatestOnly {
  readonly #running = new Map<string, AbortController>();

  static create(): LatestOnly {
    return new LatestOnly();
  }

  private constructor() {}

  /**
   * @param gone - nobody waits any more
   * @throws ConflictError when the same person has asked for something else meanwhile
   */
  async run<T>(
    person: string,
    gone: AbortSignal,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    this.#running
      .get(person)
      ?.abort(new ConflictError('A newer request of yours came meanwhile'));
    const own = new AbortController();
    this.#running.set(person, own);
    try {
      return await work(AbortSignal.any([own.signal, gone]));
    } finally {
      if (this.#running.get(person) === own) this.#running.delete(person);
    }
  }
}
