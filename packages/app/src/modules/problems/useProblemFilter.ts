import { useSearchParams } from 'react-router-dom';

/** Whose problems: everybody's, mine, or those of one owner by reference. */
export type ProblemOwner = 'all' | 'mine' | (string & {});

/** The filter of the page as its address holds it, so that a view can be sent to somebody. */
export function useProblemFilter() {
  const [params, setParams] = useSearchParams();
  const set = (name: string, value: string | undefined) =>
    setParams(
      previous => {
        const next = new URLSearchParams(previous);
        if (value) {
          next.set(name, value);
        } else {
          next.delete(name);
        }
        return next;
      },
      { replace: true },
    );
  return {
    owner: (params.get('owner') ?? 'all') as ProblemOwner,
    text: params.get('text') ?? '',
    setOwner: (owner: ProblemOwner) =>
      set('owner', owner === 'all' ? undefined : owner),
    setText: (text: string) => set('text', text),
    clear: () => setParams({}, { replace: true }),
  };
}
