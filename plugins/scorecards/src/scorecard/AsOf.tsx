import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert, Button, DatePicker } from '@backstage/ui';
import {
  CalendarDate,
  getLocalTimeZone,
  parseAbsolute,
  toCalendarDate,
  toZoned,
  today,
} from '@internationalized/date';
import { formatInstant } from '../time';
import { scorecardsTranslationRef } from '../translation';
import { useScorecardAddress } from './useScorecardAddress';
import styles from './Scorecard.module.css';

/** The last instant of a day where the viewer is, as the address has it. */
export function endOf(day: CalendarDate, zone: string): string {
  return toZoned(day.add({ days: 1 }), zone)
    .subtract({ milliseconds: 1 })
    .toAbsoluteString();
}

/** Looks at a past day; today is what is shown without one. */
export function AsOf() {
  const { t } = useTranslationRef(scorecardsTranslationRef);
  const { address, change } = useScorecardAddress();
  const { asOf } = address;
  const zone = getLocalTimeZone();
  const now = today(zone);
  return (
    <div className={styles.asOf}>
      <DatePicker
        label={t('asOf.label')}
        value={asOf ? toCalendarDate(parseAbsolute(asOf, zone)) : now}
        maxValue={now}
        onChange={value => {
          if (!value) return;
          const day = toCalendarDate(value);
          if (day.compare(now) > 0) return;
          change({ asOf: day.compare(now) < 0 ? endOf(day, zone) : undefined });
        }}
      />
      {asOf && (
        <Alert
          className={styles.banner}
          status="info"
          icon
          title={t('asOf.banner', { time: formatInstant(asOf) })}
          customActions={
            <Button
              variant="secondary"
              onPress={() => change({ asOf: undefined })}
            >
              {t('asOf.today')}
            </Button>
          }
        />
      )}
    </div>
  );
}
