import { isError } from '@backstage/errors';

/** What the backend said, where it said something: the error itself knows only the status. */
export const reasonOf = ({ cause, message }: Error & { cause?: unknown }) =>
  isError(cause) ? cause.message : message;
