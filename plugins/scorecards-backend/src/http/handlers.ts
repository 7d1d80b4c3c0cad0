import { Operation, OperationCall } from '@waymark/waymark-node';
import { z } from 'zod';
import { ReadOperations } from './operations';

/** A request that was let in and checked, wherever it came from. */
export type ReadCall<Query = unknown, Body = unknown> = Pick<
  OperationCall<Query, Body>,
  'credentials' | 'query' | 'body' | 'params'
>;

/** Answers an operation, for HTTP and for actions alike. */
export type Handler<O> = O extends Operation<
  infer Query,
  infer Body,
  infer Answer
>
  ? (
      call: ReadCall<z.output<Query>, z.output<Body>>,
    ) => Promise<z.input<Answer>>
  : never;

/** Handlers of some operations, by their names. */
export type HandlersOf<Names extends keyof ReadOperations> = {
  [Name in Names]: Handler<ReadOperations[Name]>;
};

/** The handlers of all operations. */
export type ReadHandlers = HandlersOf<keyof ReadOperations>;
