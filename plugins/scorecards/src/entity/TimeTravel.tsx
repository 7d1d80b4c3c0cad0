import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import {
  Alert,
  Button,
  DatePicker,
  Flex,
  Skeleton,
  Slider,
  Switch,
  Text,
} from '@backstage/ui';
import {
  CalendarDate,
  getLocalTimeZone,
  today as todayIn,
} from '@internationalized/date';
import { useState } from 'react';
import { DemoNote } from '../components';
import { dayOf, endOf } from '../day';
import { formatInstant } from '../time';
import { scorecardsTranslationRef } from '../translation';
import styles from './TimeTravel.module.css';
import { Address } from './useAddress';

/** How far the slider goes back. */
const DAYS = 365;
const PRESETS = [
  ['week', 7],
  ['month', 30],
  ['quarter', 91],
] as const;

const MILLIS_OF_DAY = 24 * 60 * 60 * 1_000;
const daysBetween = (from: CalendarDate, to: CalendarDate) =>
  Math.round(
    (to.toDate('UTC').getTime() - from.toDate('UTC').getTime()) / MILLIS_OF_DAY,
  );

/** Says that what is shown is of the past, and leads back. */
export function PastBanner(props: {
  asOf: string;
  knowledge?: string;
  /** Who owned the entity then; undefined while it is asked, null where it is not known. */
  owner: string | null | undefined;
  onGo(changes: Address): void;
}) {
  const { asOf, knowledge, owner, onGo } = props;
  const { t } = useTranslationRef(scorecardsTranslationRef);
  return (
    <Alert
      role="status"
      status="info"
      icon
      title={t('entity.time.banner', { time: formatInstant(asOf) })}
      description={
        <div className={styles.banner}>
          <div className={styles.words}>
            {t(
              knowledge === 'now'
                ? 'entity.time.bannerNow'
                : 'entity.time.bannerThen',
            )}
            {owner !== null && (
              <div className={styles.owner}>
                {t('entity.time.ownerThen')}
                {owner ? (
                  <EntityRefLink entityRef={owner} hideIcon />
                ) : (
                  <Skeleton width={96} height={16} />
                )}
              </div>
            )}
          </div>
          <Flex align="center" gap="3" className={styles.actions}>
            <Switch
              label={t('entity.time.knowledge')}
              isSelected={knowledge === 'now'}
              onChange={isNow => onGo({ knowledge: isNow ? 'now' : undefined })}
            />
            <Button
              variant="primary"
              onPress={() => onGo({ asOf: undefined, knowledge: undefined })}
            >
              {t('entity.time.back')}
            </Button>
          </Flex>
        </div>
      }
    />
  );
}

/** Chooses the day whose state is shown. */
export function TimeTravel(props: {
  asOf?: string;
  onGo(changes: Address): void;
}) {
  const { asOf, onGo } = props;
  const { t } = useTranslationRef(scorecardsTranslationRef);
  const today = todayIn(getLocalTimeZone());
  const day = asOf ? dayOf(asOf) : today;
  const back = Math.min(daysBetween(day, today), DAYS);
  // While one drags, only the number follows; what is shown follows when one lets go.
  const [dragged, setDragged] = useState<number>();
  // Of today, the present is shown.
  const goTo = (to: CalendarDate) =>
    onGo({ asOf: to.compare(today) < 0 ? endOf(to) : undefined });
  return (
    <div
      className={styles.panel}
      role="group"
      aria-label={t('entity.time.title')}
    >
      <div className={styles.slider}>
        <Slider
          label={t('entity.time.slider')}
          minValue={-DAYS}
          maxValue={0}
          step={1}
          formatOptions={{
            style: 'unit',
            unit: 'day',
            unitDisplay: 'long',
            // To the left lies the past, which the label says in words.
            signDisplay: 'never',
          }}
          value={dragged ?? 0 - back}
          onChange={value => setDragged(Number(value))}
          onChangeEnd={value => {
            setDragged(undefined);
            goTo(today.subtract({ days: -Number(value) }));
          }}
        />
      </div>
      <DatePicker
        label={t('entity.time.day')}
        value={day}
        maxValue={today}
        onChange={value =>
          value && goTo(new CalendarDate(value.year, value.month, value.day))
        }
      />
      <div className={styles.presets}>
        {PRESETS.map(([name, days]) => (
          <Button
            key={name}
            size="small"
            variant="tertiary"
            onPress={() => goTo(today.subtract({ days }))}
          >
            {t(`entity.time.${name}`)}
          </Button>
        ))}
      </div>
      {asOf && (
        <Text as="p" variant="body-small" color="secondary">
          {formatInstant(asOf)}
        </Text>
      )}
      {asOf && <DemoNote since={asOf} />}
    </div>
  );
}
