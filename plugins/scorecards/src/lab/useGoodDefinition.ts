import { useEffect, useMemo, useState } from 'react';
import { ReadDefinition } from './definition/readDefinition';
import { useDebounced } from './useDebounced';

const PAUSE_MILLIS = 250;

/** The last definition without problems, once one pauses to write. */
export function useGoodDefinition({ definition }: ReadDefinition) {
  // The same content is the same definition, whatever its comments are.
  const content = definition && JSON.stringify(definition);
  const now = useMemo(
    () => definition,
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [content],
  );
  const [last, setLast] = useState(now);
  useEffect(() => {
    if (now) setLast(now);
  }, [now]);
  const settled = useDebounced(now ?? last, PAUSE_MILLIS);
  return {
    definition: settled,
    /** It is what is written now. */
    isCurrent: now !== undefined && settled === now,
  };
}
