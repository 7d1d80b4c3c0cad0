import { useCallback, useMemo } from 'react';
import { useLocation, useSearchParams } from 'react-router-dom';
import { SearchParams, searchOf } from '../routes';

const NAMES = ['scorecard', 'check', 'asOf', 'knowledge'] as const;

/** What the tab of an entity shows, as it stands in the address. */
export type Address = Partial<Record<(typeof NAMES)[number], string>>;

const FAR_FUTURE = '9999';

/** An instant of the address, or undefined where it is none. */
function instantOf(text: string | null): string | undefined {
  if (!text || Number.isNaN(Date.parse(text)) || text >= FAR_FUTURE) {
    return undefined;
  }
  return new Date(text).toISOString();
}

/** Reads what the tab shows from the address, and leads elsewhere on it, so that each view can be sent to others. */
export function useAddress() {
  const [params, setParams] = useSearchParams();
  const { pathname } = useLocation();
  const text = params.toString();

  const address = useMemo((): Address => {
    const read = new URLSearchParams(text);
    return {
      scorecard: read.get('scorecard') ?? undefined,
      check: read.get('check') ?? undefined,
      asOf: instantOf(read.get('asOf')),
      knowledge: read.get('knowledge') === 'now' ? 'now' : undefined,
    };
  }, [text]);

  const hrefWith = useCallback(
    (changes: Address): string =>
      pathname + searchOf({ ...address, ...changes } as SearchParams),
    [address, pathname],
  );
  const go = useCallback(
    (changes: Address, options?: { replace?: boolean }) => {
      setParams(searchOf({ ...address, ...changes } as SearchParams), options);
    },
    [address, setParams],
  );
  return { address, hrefWith, go };
}
