import {
  toastApiRef,
  useApi,
  useTranslationRef,
} from '@backstage/frontend-plugin-api';
import { Button } from '@backstage/ui';
import { RiDownloadLine } from '@remixicon/react';
import { useMutation } from '@tanstack/react-query';
import { resultsFileName } from '@waymark/scorecards-common';
import { reasonOf } from '../api/reasonOf';
import { ResultFilter, scorecardsApiRef } from '../api/ScorecardsApi';
import { dayOf, daysAgo } from '../day';
import { scorecardsTranslationRef } from '../translation';

function save(file: Blob, name: string) {
  const url = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}

/** All rows of the filter, shown or not, as a CSV file. */
export function ExportButton(props: {
  scorecard: string;
  filter: ResultFilter;
}) {
  const { scorecard, filter } = props;
  const { t } = useTranslationRef(scorecardsTranslationRef);
  const scorecardsApi = useApi(scorecardsApiRef);
  const toastApi = useApi(toastApiRef);
  const { mutate, isPending } = useMutation({
    mutationFn: () => scorecardsApi.exportResults(scorecard, filter),
    onSuccess: file => {
      const { asOf, ...rest } = filter;
      const day = dayOf(asOf ?? daysAgo(0)).toString();
      save(file, resultsFileName(scorecard, day, rest));
    },
    onError: error =>
      toastApi.post({
        title: t('export.error'),
        description: reasonOf(error),
        status: 'danger',
      }),
  });
  return (
    <Button
      variant="secondary"
      iconStart={<RiDownloadLine aria-hidden />}
      isPending={isPending}
      onPress={() => mutate()}
    >
      {t('export.button')}
    </Button>
  );
}
