import { useApi } from '@backstage/frontend-plugin-api';
import { componentNameSchema } from '@waymark/golden-paths-common';
import { useEffect, useState } from 'react';
import { goldenPathsApiRef } from '../../api/GoldenPathsApi';

/** People pause about this long between words, not between letters. */
const PAUSE_MILLIS = 300;

/** What is known of a name while it is typed. */
export type NameCheck =
  | { state: 'empty' | 'checking' | 'free' }
  /** `unchecked`: the check itself failed, which says nothing about the name. */
  | { state: 'malformed' | 'taken' | 'unchecked'; reasons: string[] };

/** Checks the form of a name at once, and asks whether it is free when the typing pauses. */
export function useNameCheck(name: string): NameCheck {
  const goldenPathsApi = useApi(goldenPathsApiRef);
  const [answer, setAnswer] = useState<{ name: string; check: NameCheck }>();

  useEffect(() => {
    if (!componentNameSchema.safeParse(name).success) {
      return undefined;
    }
    const controller = new AbortController();
    const timer = setTimeout(async () => {
      const check = await ask(() =>
        goldenPathsApi.checkName(name, { signal: controller.signal }),
      );
      if (!controller.signal.aborted) {
        setAnswer({ name, check });
      }
    }, PAUSE_MILLIS);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [goldenPathsApi, name]);

  if (name === '') {
    return { state: 'empty' };
  }
  const parsed = componentNameSchema.safeParse(name);
  if (!parsed.success) {
    return {
      state: 'malformed',
      reasons: parsed.error.issues.map(issue => issue.message),
    };
  }
  return answer?.name === name ? answer.check : { state: 'checking' };
}

async function ask(
  checkName: () => Promise<{ available: boolean; reasons: string[] }>,
): Promise<NameCheck> {
  try {
    const { available, reasons } = await checkName();
    return available ? { state: 'free' } : { state: 'taken', reasons };
  } catch (error) {
    return { state: 'unchecked', reasons: [String(error)] };
  }
}
