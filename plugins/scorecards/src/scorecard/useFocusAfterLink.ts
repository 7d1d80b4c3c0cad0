import { useEffect, useRef } from 'react';
import { useNavigationType } from 'react-router-dom';

/** Begins at what a link led to, where the link itself, such as a cell of the heat map, is gone with the focus. */
export function useFocusAfterLink() {
  const ref = useRef<HTMLElement>(null);
  const isByLink = useNavigationType() === 'PUSH';
  useEffect(() => {
    if (isByLink && document.activeElement === document.body) {
      ref.current?.focus();
    }
    // Only when it appears: later the focus is the person's.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);
  return ref;
}
