import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Text } from '@backstage/ui';
import {
  CheckState,
  checkStateSchema,
  LabCheck,
} from '@waymark/scorecards-common';
import { ScrollRegion, StateIcon } from '../../components';
import table from '../../components/Table.module.css';
import { formatCount } from '../../format';
import { scorecardsTranslationRef } from '../../translation';
import styles from './Answer.module.css';
import { Difference } from './Difference';
import { Wanted } from './filter';

/** Always there, so that nothing moves when one of them becomes zero. */
const USUAL: readonly CheckState[] = [
  'pass',
  'fail',
  'unknown',
  'notApplicable',
];

const countOf = (counts: LabCheck['after'], state: CheckState) =>
  counts?.[state] ?? 0;

const shownStates = (checks: readonly LabCheck[]) =>
  checkStateSchema.options.filter(
    state =>
      USUAL.includes(state) ||
      checks.some(
        ({ before, after }) =>
          countOf(before, state) + countOf(after, state) > 0,
      ),
  );

/** How many entities each check would have in each state, and the difference to today. */
export function CheckTable(props: {
  checks: readonly LabCheck[];
  onShow(wanted: Wanted): void;
}) {
  const { checks, onShow } = props;
  const { t } = useTranslationRef(scorecardsTranslationRef);
  const states = shownStates(checks);
  const label = t('lab.checks.label');
  return (
    <ScrollRegion label={label}>
      <table className={`${table.table} ${styles.checks}`} aria-label={label}>
        <thead>
          <tr>
            <th scope="col">{t('lab.checks.check')}</th>
            <th scope="col" data-align="end">
              {t('lab.checks.changes')}
            </th>
            {states.map(state => (
              <th key={state} scope="col" data-align="end">
                <span className={styles.state}>
                  <StateIcon state={state} size={14} />
                  {t(`state.${state}`)}
                </span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {checks.map(check => (
            <CheckRow
              key={check.id}
              check={check}
              states={states}
              onShow={onShow}
            />
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

function CheckRow(props: {
  check: LabCheck;
  states: readonly CheckState[];
  onShow(wanted: Wanted): void;
}) {
  const { check, states, onShow } = props;
  const { id, title, before, after, moves } = check;
  const { t } = useTranslationRef(scorecardsTranslationRef);
  const isNew = before === null;
  const isDropped = after === null;
  const moved = moves.reduce((sum, { entities }) => sum + entities, 0);
  const cellLabel = (state: CheckState) => {
    const number = countOf(after, state);
    const change = number - countOf(before, state);
    const cell = t('lab.checks.cell', {
      check: title,
      state: t(`state.${state}`),
      number: formatCount(number),
    });
    if (isNew) return cell;
    const words =
      change === 0
        ? t('lab.checks.same')
        : t(change > 0 ? 'lab.checks.more' : 'lab.checks.fewer', {
            number: formatCount(Math.abs(change)),
          });
    return `${cell}, ${words}`;
  };
  return (
    <tr data-moved={moved > 0 || undefined}>
      <th scope="row">
        {title}
        {(isNew || isDropped) && (
          <Text
            as="span"
            variant="body-small"
            color="secondary"
            className={styles.note}
          >
            {t(isNew ? 'lab.checks.new' : 'lab.checks.dropped')}
          </Text>
        )}
      </th>
      <td data-align="end">
        {moved > 0 ? (
          <button
            type="button"
            className={styles.number}
            aria-label={t('lab.checks.moves', {
              check: title,
              number: formatCount(moved),
            })}
            onClick={() => onShow({ check: id, isMoved: true })}
          >
            {formatCount(moved)}
          </button>
        ) : (
          formatCount(0)
        )}
      </td>
      {states.map(state => (
        <td key={state} data-align="end">
          {isDropped ? (
            '–'
          ) : (
            <span className={styles.cell}>
              <button
                type="button"
                className={styles.number}
                aria-label={cellLabel(state)}
                onClick={() => onShow({ check: id, to: state, isMoved: false })}
              >
                {formatCount(countOf(after, state))}
              </button>
              {!isNew && (
                <Difference
                  before={countOf(before, state)}
                  after={countOf(after, state)}
                />
              )}
            </span>
          )}
        </td>
      ))}
    </tr>
  );
}
