import { RefObject, useEffect } from 'react';
import { useNavigate } from 'react-router-dom';

/**
 * Follows the plain links below an element without loading the page anew: a router's link for each cell of a map takes
 * longer to draw than the map itself.
 */
export function useFollow(ref: RefObject<HTMLElement>): void {
  const navigate = useNavigate();
  useEffect(() => {
    const element = ref.current;
    const follow = (event: MouseEvent) => {
      const link = (event.target as Element).closest('a[href^="?"]');
      const isPlain =
        event.button === 0 &&
        !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
      if (!link || !isPlain || event.defaultPrevented) return;
      event.preventDefault();
      navigate(link.getAttribute('href')!);
    };
    element?.addEventListener('click', follow);
    return () => element?.removeEventListener('click', follow);
  }, [ref, navigate]);
}
