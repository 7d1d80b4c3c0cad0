import { useCallback, useState } from 'react';

function read<T extends object>(key: string): Partial<T> {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? '{}');
  } catch {
    // What is no JSON was not written here.
    return {};
  }
}

/** What somebody is filling in: kept on this device until it is sent, so that nothing typed is lost. */
export function useDraft<T extends object>(name: string, initial: T) {
  const key = `waymark.scorecards.draft.${name}`;
  const [draft, setDraft] = useState<T>(() => ({
    ...initial,
    ...read<T>(key),
  }));
  const change = useCallback(
    (changes: Partial<T>) =>
      setDraft(before => {
        const after = { ...before, ...changes };
        sessionStorage.setItem(key, JSON.stringify(after));
        return after;
      }),
    [key],
  );
  const discard = useCallback(() => sessionStorage.removeItem(key), [key]);
  return { draft, change, discard };
}
