import { parentPort, workerData } from 'node:worker_threads';
import type { Batch, Differences } from './batch';
import type { DefinitionSet } from './definitionSet';
import { LocalEvaluator } from './Evaluator';

/** The file of this module, compiled or not: what a thread of {@link THREAD_ROLE} runs. */
export const THREAD_FILE = __filename;

/** Tells a thread what it is for: other threads may load this module for its constants. */
export const THREAD_ROLE = 'waymark-evaluation';

/** Asks for an evaluation. */
export interface EvaluationRequest {
  id: number;
  /** Absent while they are those of the request before. */
  definitions?: DefinitionSet;
  batch: Batch;
}

/** What came of a request. */
export type EvaluationAnswer =
  | { id: number; ok: true; differences: Differences }
  | { id: number; ok: false; error: unknown };

if (parentPort && workerData === THREAD_ROLE) {
  const port = parentPort;
  const evaluator = LocalEvaluator.create();
  let inForce: DefinitionSet | undefined;
  port.on('message', async (request: EvaluationRequest) => {
    const { id, definitions, batch } = request;
    inForce = definitions ?? inForce;
    let answer: EvaluationAnswer;
    try {
      const differences = await evaluator.evaluate(inForce!, batch);
      answer = { id, ok: true, differences };
    } catch (error) {
      answer = { id, ok: false, error };
    }
    port.postMessage(answer);
  });
}
