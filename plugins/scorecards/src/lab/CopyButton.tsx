import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button, VisuallyHidden } from '@backstage/ui';
import { RiCheckLine, RiFileCopyLine } from '@remixicon/react';
import { useEffect, useState } from 'react';
import { scorecardsTranslationRef } from '../translation';

const SHOWN_MILLIS = 3_000;

/** Copies the text, and says that it has. */
export function CopyButton(props: { text: string }) {
  const { t } = useTranslationRef(scorecardsTranslationRef);
  const [outcome, setOutcome] = useState<'copied' | 'copyFailed'>();
  useEffect(() => {
    if (!outcome) return undefined;
    const timer = setTimeout(() => setOutcome(undefined), SHOWN_MILLIS);
    return () => clearTimeout(timer);
  }, [outcome]);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(props.text);
      setOutcome('copied');
    } catch {
      setOutcome('copyFailed');
    }
  };
  const Icon = outcome === 'copied' ? RiCheckLine : RiFileCopyLine;
  return (
    <>
      <Button
        variant="secondary"
        iconStart={<Icon aria-hidden />}
        onPress={copy}
      >
        {t(outcome ? `lab.${outcome}` : 'lab.copy')}
      </Button>
      <VisuallyHidden role="status">
        {outcome ? t(`lab.${outcome}`) : ''}
      </VisuallyHidden>
    </>
  );
}
