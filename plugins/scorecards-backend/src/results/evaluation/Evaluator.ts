import type { Batch, Differences } from './batch';
import { CompiledDefinitions } from './CompiledDefinitions';
import type { DefinitionSet } from './definitionSet';
import { evaluateBatch } from './evaluateBatch';

/** Evaluates batches, here or elsewhere. */
export interface Evaluator {
  evaluate(definitions: DefinitionSet, batch: Batch): Promise<Differences>;
  close(): Promise<void>;
}

/** Evaluates batches in this thread. Definitions are compiled once, and kept until there are others. */
export class LocalEvaluator implements Evaluator {
  #compiled: CompiledDefinitions | undefined;

  static create(): LocalEvaluator {
    return new LocalEvaluator();
  }

  private constructor() {}

  async evaluate(
    definitions: DefinitionSet,
    batch: Batch,
  ): Promise<Differences> {
    if (this.#compiled?.version !== definitions.version) {
      this.#compiled = CompiledDefinitions.compile(definitions);
    }
    return evaluateBatch(this.#compiled, batch);
  }

  async close(): Promise<void> {
    this.#compiled = undefined;
  }
}
