import { useEffect, useState } from 'react';

/** A value as it was before it last changed, until it has stayed for a while; what there was none of comes at once. */
export function useDebounced<T>(value: T, millis: number): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    if (settled === undefined) {
      setSettled(() => value);
      return undefined;
    }
    const timer = setTimeout(() => setSettled(() => value), millis);
    return () => clearTimeout(timer);
  }, [value, millis, settled]);
  return settled;
}
