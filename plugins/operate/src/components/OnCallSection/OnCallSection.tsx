import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { Avatar, Badge, Link, Text } from '@backstage/ui';
import {
  OperateAnswer,
  OperatePerson,
  OperateShift,
} from '@waymark/operate-common';
import {
  formatDuration,
  formatInZone,
  formatLocal,
  sameLocalTime,
} from '../../format';
import { operateTranslationRef } from '../../translation';
import styles from './OnCallSection.module.css';

/** Who is on call in each layer, until when, and whom to call if nobody answers. */
export function OnCallSection(props: {
  onCall: NonNullable<OperateAnswer['onCall']>;
}) {
  const { onCall } = props;
  const { t } = useTranslationRef(operateTranslationRef);
  return (
    <>
      {onCall.shifts.length > 0 && (
        <ul className={styles.shifts}>
          {onCall.shifts.map(shift => (
            <li key={shift.layer} className={styles.shift}>
              <Shift shift={shift} timeZone={onCall.timeZone} />
            </li>
          ))}
        </ul>
      )}
      {onCall.escalation && (
        <Text
          as="p"
          variant="body-small"
          color="secondary"
          className={styles.escalation}
        >
          {t('onCall.escalation', {
            duration: formatDuration(onCall.escalation.after),
          })}{' '}
          <PersonLink person={onCall.escalation.to} />
        </Text>
      )}
      <p className={styles.source}>
        <Link
          href={onCall.source.url}
          target="_blank"
          rel="noopener noreferrer"
          variant="body-small"
        >
          {onCall.shifts.length > 0
            ? onCall.title ?? t('onCall.schedule')
            : t('onCall.elsewhere', { title: onCall.source.title })}
        </Link>
        {onCall.inheritedFrom && (
          <Text variant="body-small" color="secondary">
            {t('onCall.inherited', { name: onCall.inheritedFrom })}
          </Text>
        )}
      </p>
    </>
  );
}

function Shift(props: { shift: OperateShift; timeZone?: string }) {
  const { layer, person, until, next, override } = props.shift;
  const { t } = useTranslationRef(operateTranslationRef);
  return (
    <>
      <Avatar
        src={person.picture ?? ''}
        name={person.name}
        size="medium"
        purpose="decoration"
      />
      <div>
        <span className={styles.person}>
          <Text variant="body-large" weight="bold">
            <PersonLink person={person} />
          </Text>
          <Badge>{layer}</Badge>
          {override && (
            <Badge>
              {override.reason
                ? t('onCall.overrideReason', { reason: override.reason })
                : t('onCall.override')}
            </Badge>
          )}
        </span>
        <Text as="p" variant="body-small" color="secondary">
          {until ? (
            <>
              <time dateTime={until}>
                {t('onCall.until', { time: formatLocal(until) })}
              </time>
              {props.timeZone && !sameLocalTime(until, props.timeZone) && (
                <>
                  {' '}
                  (
                  {t('onCall.untilInZone', {
                    time: formatInZone(until, props.timeZone),
                    zone: props.timeZone,
                  })}
                  )
                </>
              )}
              {next && `, ${t('onCall.next', { name: next.name })}`}
            </>
          ) : (
            t('onCall.forGood')
          )}
        </Text>
      </div>
    </>
  );
}

function PersonLink(props: { person: OperatePerson }) {
  const { ref, name } = props.person;
  return ref ? (
    <EntityRefLink entityRef={ref}>{name}</EntityRefLink>
  ) : (
    <>{name}</>
  );
}
