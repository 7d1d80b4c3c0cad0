import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Differences, KeptBatch, KeptTexts } from './batch';
import type { DefinitionSet } from './definitionSet';
import {
  EvaluationAnswer,
  EvaluationRequest,
  EvaluationTask,
  THREAD_FILE,
  THREAD_ROLE,
} from './evaluationThread';
import type { KeepingEvaluator } from './Evaluator';

/** A task that was asked for. */
interface Waiting {
  task: EvaluationTask;
  resolve: (differences: Differences | undefined) => void;
  reject: (error: unknown) => void;
}

/** A thread, and who waits for it, the longest first. */
interface Running {
  worker: Worker;
  waiting: Map<number, Waiting>;
  /** Version of the definitions that it has. */
  version?: string;
}

/** A task without the definitions that the thread has already. */
function onlyNews(running: Running, task: EvaluationTask): EvaluationTask {
  if (task.what !== 'evaluate') return task;
  const { version } = task.definitions!;
  const isKnown = running.version === version;
  running.version = version;
  return isKnown ? { what: 'evaluate', batch: task.batch } : task;
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
export class ThreadEvaluator implements KeepingEvaluator {
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
    batch: KeptBatch,
  ): Promise<Differences> {
    const task: EvaluationTask = { what: 'evaluate', definitions, batch };
    return (await this.#perform(task))!;
  }

  async keep(name: string, texts: KeptTexts, isMore: boolean): Promise<void> {
    await this.#perform({ what: 'keep', name, texts, isMore });
  }

  async forget(name: string): Promise<void> {
    await this.#perform({ what: 'forget', name });
  }

  async close(): Promise<void> {
    const running = this.#running;
    this.#running = undefined;
    await running?.worker.terminate();
  }

  #perform(task: EvaluationTask): Promise<Differences | undefined> {
    return new Promise((resolve, reject) => {
      this.#ask({ task, resolve, reject });
    });
  }

  #ask(waiting: Waiting): void {
    const running = this.#running ?? this.#start();
    const id = ++this.#lastId;
    running.waiting.set(id, waiting);
    const request: EvaluationRequest = {
      id,
      task: onlyNews(running, waiting.task),
    };
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
