import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Batch, Differences } from './batch';
import type { DefinitionSet } from './definitionSet';
import {
  EvaluationAnswer,
  EvaluationRequest,
  THREAD_FILE,
  THREAD_ROLE,
} from './evaluationThread';
import type { Evaluator } from './Evaluator';

interface Waiting {
  resolve: (differences: Differences) => void;
  reject: (error: unknown) => void;
}

/** A thread, and who waits for it. */
interface Running {
  worker: Worker;
  waiting: Map<number, Waiting>;
  /** Version of the definitions that it has. */
  version?: string;
}

const TRANSFORM = '@backstage/cli/config/nodeTransform.cjs';

/** How to run TypeScript where this package is not built; a thread inherits it from a backend, but not from a test. */
function execArgv(): string[] {
  const inherited = process.execArgv;
  const isReady =
    extname(THREAD_FILE) !== '.ts' ||
    inherited.some(argument => argument.includes('nodeTransform'));
  return isReady
    ? inherited
    : [...inherited, '--require', require.resolve(TRANSFORM)];
}

/**
 * Evaluates batches in a thread of their own, so that requests are answered meanwhile. A thread that dies takes its batches
 * with it, and the next batch has a new one.
 */
export class ThreadEvaluator implements Evaluator {
  #running: Running | undefined;
  #lastId = 0;

  /** Starts the thread, which takes a moment. */
  static create(): ThreadEvaluator {
    const evaluator = new ThreadEvaluator();
    evaluator.#start();
    return evaluator;
  }

  private constructor() {}

  async evaluate(
    definitions: DefinitionSet,
    batch: Batch,
  ): Promise<Differences> {
    const running = this.#running ?? this.#start();
    const id = ++this.#lastId;
    const request: EvaluationRequest =
      running.version === definitions.version
        ? { id, batch }
        : { id, batch, definitions };
    running.version = definitions.version;
    return new Promise((resolve, reject) => {
      running.waiting.set(id, { resolve, reject });
      running.worker.postMessage(request);
    });
  }

  async close(): Promise<void> {
    await this.#running?.worker.terminate();
  }

  #start(): Running {
    const worker = new Worker(THREAD_FILE, {
      workerData: THREAD_ROLE,
      execArgv: execArgv(),
    });
    const running: Running = { worker, waiting: new Map() };
    this.#running = running;
    worker.on('message', (answer: EvaluationAnswer) => {
      const waiting = running.waiting.get(answer.id);
      running.waiting.delete(answer.id);
      if (answer.ok) waiting?.resolve(answer.differences);
      else waiting?.reject(answer.error);
    });
    const end = (error: Error) => {
      if (this.#running === running) this.#running = undefined;
      running.waiting.forEach(({ reject }) => reject(error));
      running.waiting.clear();
    };
    worker.on('error', end);
    worker.on('exit', code =>
      end(new Error(`The thread that evaluates ended with code ${code}`)),
    );
    return running;
  }
}
