/** How many items a section names; the others are counted. */
export const NAMED = 4;

/** Items of which only the first few are kept, in an order of their own, however many there are. */
export class Section<T> {
  readonly #first: T[] = [];
  readonly #order: (one: T, other: T) => number;
  #total = 0;

  /** @param order - negative where `one` comes first */
  static by<T>(order: (one: T, other: T) => number): Section<T> {
    return new Section(order);
  }

  private constructor(order: (one: T, other: T) => number) {
    this.#order = order;
  }

  /** How many there are. */
  get total(): number {
    return this.#total;
  }

  /** The first few. */
  get first(): readonly T[] {
    return this.#first;
  }

  add(item: T): void {
    this.#total += 1;
    this.#first.push(item);
    this.#first.sort(this.#order);
    this.#first.splice(NAMED);
  }
}
