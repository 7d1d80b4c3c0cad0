/**
 * Answers by question, until they are cleared; beyond `limit` the one that was
 * not asked for the longest time goes.
 */
export class AnswerCache<T> {
  readonly #limit: number;
  readonly #answers = new Map<string, Promise<T>>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  get size(): number {
    return this.#answers.size;
  }

  /** The answer that is kept, or what `ask` gives. A failure is not kept. */
  async get(question: string, ask: () => Promise<T>): Promise<T> {
    const known = this.#answers.get(question);
    const answer = known ?? ask();
    // Insertion order is the order of use: what is asked again goes to the end.
    this.#answers.delete(question);
    this.#answers.set(question, answer);
    if (this.#answers.size > this.#limit) {
      const [oldest] = this.#answers.keys();
      this.#answers.delete(oldest);
    }
    try {
      return await answer;
    } catch (error) {
      if (this.#answers.get(question) === answer) {
        this.#answers.delete(question);
      }
      throw error;
    }
  }

  clear(): void {
    this.#answers.clear();
  }
}
