import { EventEmitter } from 'node:events';
import { Knex } from 'knex';

const MARKED = 'marked';
// Of the process and not of a database: whoever is woken looks for himself whether there is something to do.
const signal = new EventEmitter();
signal.setMaxListeners(0);

/** Tells who waits in this process once a transaction that marks something is committed. */
export function announceMarks(tx: Knex.Transaction): void {
  tx.executionPromise.then(
    () => signal.emit(MARKED),
    () => {
      // What was undone concerns nobody.
    },
  );
}

/**
 * Calls back after each transaction of this process that has marked something.
 *
 * @returns ends it
 */
export function onMarks(listener: () => void): () => void {
  signal.on(MARKED, listener);
  return () => {
    signal.off(MARKED, listener);
  };
}
