import {
  FactCollector,
  FactCollectorsExtensionPoint,
} from '@waymark/scorecards-node';

/** Holds the collectors that modules add until the plugin starts. */
export class CollectorRegistry implements FactCollectorsExtensionPoint {
  readonly #collectors = new Map<string, FactCollector>();

  static create(): CollectorRegistry {
    return new CollectorRegistry();
  }

  private constructor() {}

  addCollector(...collectors: FactCollector[]): void {
    for (const collector of collectors) {
      const { id } = collector;
      if (this.#collectors.has(id)) {
        throw new Error(`There is a fact collector "${id}" already`);
      }
      this.#collectors.set(id, collector);
    }
  }

  /** In the order in which they were added. */
  get collectors(): FactCollector[] {
    return [...this.#collectors.values()];
  }
}
