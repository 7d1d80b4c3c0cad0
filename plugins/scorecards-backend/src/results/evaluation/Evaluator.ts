import type { Batch, Differences, KeptBatch, KeptTexts } from './batch';
import { CompiledDefinitions } from './CompiledDefinitions';
import type { DefinitionSet } from './definitionSet';
import { evaluateBatch } from './evaluateBatch';
import { KeptInputs } from './KeptInputs';

/** Evaluates batches, here or elsewhere. */
export interface Evaluator {
  evaluate(definitions: DefinitionSet, batch: Batch): Promise<Differences>;
  close(): Promise<void>;
}

/** An evaluator that reads entities and facts once, and evaluates them by one definition after the other. */
export interface KeepingEvaluator extends Evaluator {
  evaluate(definitions: DefinitionSet, batch: KeptBatch): Promise<Differences>;
  /**
   * Keeps entities and facts under a name, for batches that are `kept` under it.
   *
   * @param isMore - adds to what is kept already
   * @throws Error when there is nothing to add to, as after a thread has died
   */
  keep(name: string, texts: KeptTexts, isMore: boolean): Promise<void>;
  forget(name: string): Promise<void>;
}

/** Evaluates batches in this thread. Definitions are compiled once, and kept until there are others. */
export class LocalEvaluator implements KeepingEvaluator {
  readonly #kept = new Map<string, KeptInputs>();
  #compiled: CompiledDefinitions | undefined;

  static create(): LocalEvaluator {
    return new LocalEvaluator();
  }

  private constructor() {}

  async evaluate(
    definitions: DefinitionSet,
    batch: KeptBatch,
  ): Promise<Differences> {
    if (this.#compiled?.version !== definitions.version) {
      this.#compiled = CompiledDefinitions.compile(definitions);
    }
    const { kept } = batch;
    return evaluateBatch(
      this.#compiled,
      batch,
      kept === undefined ? undefined : this.#keptAs(kept),
    );
  }

  async keep(name: string, texts: KeptTexts, isMore: boolean): Promise<void> {
    if (isMore) this.#keptAs(name).add(texts);
    else this.#kept.set(name, KeptInputs.read(texts));
  }

  async forget(name: string): Promise<void> {
    this.#kept.delete(name);
  }

  async close(): Promise<void> {
    this.#compiled = undefined;
    this.#kept.clear();
  }

  #keptAs(name: string): KeptInputs {
    const kept = this.#kept.get(name);
    if (!kept) throw new Error(`Nothing is kept as "${name}"`);
    return kept;
  }
}
