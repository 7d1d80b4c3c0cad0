import { parentPort, workerData } from 'node:worker_threads';
import type { Differences, KeptBatch, KeptTexts } from './batch';
import type { DefinitionSet } from './definitionSet';
import { LocalEvaluator } from './Evaluator';

/** The file of this module, compiled or not: what a thread of {@link THREAD_ROLE} runs. */
export const THREAD_FILE = __filename;

/** Tells a thread what it is for: other threads may load this module for its constants. */
export const THREAD_ROLE = 'waymark-evaluation';

/** What a thread is asked to do. */
export type EvaluationTask =
  | {
      what: 'evaluate';
      /** Absent while they are those of the evaluation before. */
      definitions?: DefinitionSet;
      batch: KeptBatch;
    }
  | { what: 'keep'; name: string; texts: KeptTexts; isMore: boolean }
  | { what: 'forget'; name: string };

/** A task, and the number under which it is answered. */
export interface EvaluationRequest {
  id: number;
  task: EvaluationTask;
}

/** What came of a request. */
export type EvaluationAnswer =
  | { id: number; ok: true; differences: Differences | undefined }
  | { id: number; ok: false; error: unknown };

if (parentPort && workerData === THREAD_ROLE) {
  const port = parentPort;
  const evaluator = LocalEvaluator.create();
  let inForce: DefinitionSet | undefined;
  const perform = async (
    task: EvaluationTask,
  ): Promise<Differences | undefined> => {
    switch (task.what) {
      case 'keep':
        await evaluator.keep(task.name, task.texts, task.isMore);
        return undefined;
      case 'forget':
        await evaluator.forget(task.name);
        return undefined;
      default:
        inForce = task.definitions ?? inForce;
        return evaluator.evaluate(inForce!, task.batch);
    }
  };
  port.on('message', async ({ id, task }: EvaluationRequest) => {
    let answer: EvaluationAnswer;
    try {
      answer = { id, ok: true, differences: await perform(task) };
    } catch (error) {
      answer = { id, ok: false, error };
    }
    port.postMessage(answer);
  });
}
