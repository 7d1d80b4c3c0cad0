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

/** An evaluation that was asked for. */
interface Waiting {
  definitions: DefinitionSet;
  batch: Batch;
  resolve: (differences: Differences) => void;
  reject: (error: unknown) => void;
}

/** A thread, and who waits for it, the longest first. */
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
 * Evaluates batches in a thread of their own, so that requests are answered meanwhile. When it dies, the batch that it was
 * at fails, and another thread goes on with the rest.
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
    return new Promise((resolve, reject) => {
      this.#ask({ definitions, batch, resolve, reject });
    });
  }

  async close(): Promise<void> {
    const running = this.#running;
    this.#running = undefined;
    await running?.worker.terminate();
  }

  #ask(waiting: Waiting): void {
    const running = this.#running ?? this.#start();
    const { definitions, batch } = waiting;
    const id = ++this.#lastId;
    running.waiting.set(id, waiting);
    const request: EvaluationRequest =
      running.version === definitions.version
        ? { id, batch }
        : { id, batch, definitions };
    running.version = definitions.version;
    running.worker.postMessage(request);
  }

  /** As {@link ThreadEvaluator.#ask}, where nobody is there to catch what it throws. */
  #askAgain(waiting: Waiting): void {
    try {
      this.#ask(waiting);
    } catch (error) {
      waiting.reject(error);
    }
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
    let reason: unknown;
    worker.on('error', error => {
      reason = error;
    });
    worker.on('exit', code =>
      this.#onExit(
        running,
        reason ??
          new Error(`The thread that evaluates ended with code ${code}`),
      ),
    );
    return running;
  }

  #onExit(running: Running, error: unknown): void {
    const [culprit, ...others] = running.waiting.values();
    running.waiting.clear();
    culprit?.reject(error);
    if (this.#running === running) {
      this.#running = undefined;
      others.forEach(waiting => this.#askAgain(waiting));
    } else {
      others.forEach(({ reject }) => reject(error));
    }
  }
}
