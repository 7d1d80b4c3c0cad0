import { useCallback, useEffect } from 'react';
import { useDraft } from '../exemptions/useDraft';

/** What is kept of a text that was changed: itself, and what it was when one began. */
interface LabDraft {
  text: string | null;
  base: string | null;
}

const NOTHING: LabDraft = { text: null, base: null };

/** The text of a definition under change: it stays through a reload, and leaving it for good asks first. */
export function useLabText(name: string | undefined, today: string) {
  const { draft, change, discard } = useDraft<LabDraft>(
    `lab.${name ?? ''}`,
    NOTHING,
  );
  const text = draft.text ?? today;
  const isChanged = text !== today;

  const write = useCallback(
    (next: string) => change({ text: next, base: draft.base ?? today }),
    [change, draft.base, today],
  );
  const reset = useCallback(() => {
    change(NOTHING);
    discard();
  }, [change, discard]);

  useEffect(() => {
    if (!isChanged) return undefined;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [isChanged]);

  return {
    text,
    isChanged,
    /** What is in force is another than when one began. */
    isBehind: isChanged && draft.base !== null && draft.base !== today,
    write,
    reset,
  };
}
