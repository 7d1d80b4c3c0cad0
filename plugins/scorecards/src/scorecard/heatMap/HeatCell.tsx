import { TranslationFunction } from '@backstage/frontend-plugin-api';
import { RollupRow } from '@waymark/scorecards-common';
import { StateIcon } from '../../components';
import { formatCount, formatShare } from '../../format';
import { scorecardsTranslationRef } from '../../translation';
import { cellOf } from './cells';
import styles from './HeatMap.module.css';

/** How deep the deepest colours are, of 100: letters must stay easy to read. */
const DEEPEST = 34;

/** Red where most fail, green where most pass; the number says it too. */
export function colorOf(share: number): string {
  const distance = Math.abs(share - 0.5) * 2;
  const tone = share < 0.5 ? 'negative' : 'positive';
  return `color-mix(in srgb, var(--bui-fg-${tone}) ${Math.round(
    distance * DEEPEST,
  )}%, var(--bui-bg-neutral-1))`;
}

/** What one check says of the entities of one row: opens them. A map has thousands, so that what they share is given. */
export function HeatCell(props: {
  t: TranslationFunction<typeof scorecardsTranslationRef.T>;
  states: RollupRow['checks'][number]['states'];
  check: { id: string; title: string };
  href: string;
}) {
  const { t, states, check, href } = props;
  const { share, passed, known, others } = cellOf({ id: check.id, states });
  if (known === 0 && others.length === 0) {
    return <td className={styles.cell}>–</td>;
  }
  const words = others.map(({ state, entities }) =>
    t('heatMap.other', {
      number: formatCount(entities),
      state: t(`state.${state}`),
    }),
  );
  // Where nothing is known the states are all there is to say.
  const shown = others.filter(
    ({ state }) => state !== 'notApplicable' || share === undefined,
  );
  const label = [
    ...(share === undefined
      ? []
      : [
          t('heatMap.passed', {
            share: formatShare(share),
            passed: formatCount(passed),
            known: formatCount(known),
          }),
        ]),
    ...words,
  ].join(', ');
  return (
    <td
      className={styles.cell}
      style={share === undefined ? undefined : { background: colorOf(share) }}
      data-unknown={share === undefined || undefined}
    >
      <a
        href={href}
        className={styles.link}
        aria-label={`${check.title}: ${label}`}
        title={label}
      >
        {share !== undefined && (
          <span className={styles.share}>{formatShare(share)}</span>
        )}
        {shown.length > 0 && (
          <span className={styles.others}>
            {shown.map(({ state, entities }) => (
              <span key={state} className={styles.other}>
                <StateIcon state={state} size={14} />
                {entities}
              </span>
            ))}
          </span>
        )}
      </a>
    </td>
  );
}
