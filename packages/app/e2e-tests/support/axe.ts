import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

const SERIOUS = new Set(['serious', 'critical']);

/** One element that breaks a rule of axe. */
export interface Fault {
  rule: string;
  /** The element, as the page has it. */
  html: string;
  /** Which of the asked selectors it matches. */
  matches: string[];
}

/** Each element of the page that breaks a rule seriously, with the given selectors that it matches. */
export async function seriousFaults(
  page: Page,
  selectors: string[] = [],
): Promise<Fault[]> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'])
    .analyze();
  const nodes = violations
    .filter(({ impact }) => impact && SERIOUS.has(impact))
    .flatMap(({ id, nodes: found }) =>
      found.map(({ html, target }) => ({ rule: id, html, target })),
    );
  return page.evaluate(
    ([faults, asked]) =>
      faults.map(({ rule, html, target }) => {
        // A path into a shadow root is a list of selectors.
        const steps = [target[0]].flat();
        let root: Document | ShadowRoot | null | undefined = document;
        let element: Element | null | undefined;
        for (const step of steps) {
          element = root?.querySelector(step);
          root = element?.shadowRoot;
        }
        const matches = asked.filter(selector => element?.matches(selector));
        return { rule, html, matches };
      }),
    [nodes, selectors] as const,
  );
}
