import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { EntityDisplayName } from '@backstage/plugin-catalog-react';
import { Button, SearchField, Switch, Text } from '@backstage/ui';
import { RiCloseLine } from '@remixicon/react';
import { LabAnswer, LabEntity, Standing } from '@waymark/scorecards-common';
import { EmptyState, LevelBadge, ScrollRegion } from '../../components';
import table from '../../components/Table.module.css';
import { StateChange } from '../../entity/CheckHistory';
import { formatCount } from '../../format';
import { scorecardsTranslationRef } from '../../translation';
import styles from './Answer.module.css';
import { Wanted } from './filter';
import { useFilterWords } from './useFilterWords';

const MOST_CHANGES = 2;

/** The entities behind a number, each with what is said of it today and would be said. */
export function EntityList(props: {
  headingId: string;
  pages: readonly LabAnswer[];
  wanted: Wanted;
  words: string;
  hasMore: boolean;
  isLoadingMore: boolean;
  onWanted(wanted: Wanted): void;
  onWords(words: string): void;
  onMore(): void;
  onOpen(entityRef: string): void;
}) {
  const { headingId, pages, wanted, words, onWanted, onOpen } = props;
  const { t } = useTranslationRef(scorecardsTranslationRef);
  const [first] = pages;
  const { checks, matching } = first;
  const entities = pages.flatMap(page => page.entities);
  const titleOf = (id: string) =>
    checks.find(check => check.id === id)?.title ?? id;
  const { check, isMoved } = wanted;
  const filter = useFilterWords(wanted, first);
  const label = t('lab.entities.label');
  return (
    <>
      <Text as="h3" id={headingId} variant="body-large" weight="bold">
        {t('lab.entities.title')}
      </Text>
      <div className={styles.filters}>
        <SearchField
          aria-label={t('lab.entities.search')}
          placeholder={t('lab.entities.search')}
          value={words}
          onChange={props.onWords}
          className={styles.search}
        />
        <Switch
          label={t('lab.entities.onlyMoved')}
          isSelected={isMoved}
          onChange={next => onWanted({ ...wanted, isMoved: next })}
        />
        {filter && (
          <Button
            variant="secondary"
            iconEnd={<RiCloseLine aria-hidden />}
            aria-label={t('lab.entities.removeFilter', { filter })}
            onPress={() =>
              onWanted({ isMoved: isMoved && check !== undefined })
            }
          >
            {filter}
          </Button>
        )}
      </div>
      {entities.length === 0 ? (
        <EmptyState
          title={t(
            isMoved && !filter && !words
              ? 'lab.entities.emptyMoved'
              : 'lab.entities.empty',
          )}
          description={t('lab.entities.emptyDescription')}
          action={
            <Button
              variant="secondary"
              onPress={() => {
                props.onWords('');
                onWanted({ isMoved: false });
              }}
            >
              {t('lab.entities.all')}
            </Button>
          }
        />
      ) : (
        <ScrollRegion label={label}>
          <table className={table.table} aria-label={label}>
            <thead>
              <tr>
                <th scope="col">{t('lab.entities.entity')}</th>
                <th scope="col">{t('lab.entities.level')}</th>
                <th scope="col">{t('lab.entities.checks')}</th>
              </tr>
            </thead>
            <tbody>
              {entities.map(entity => (
                <tr key={entity.entityRef}>
                  <th scope="row">
                    <button
                      type="button"
                      className={styles.entity}
                      onClick={() => onOpen(entity.entityRef)}
                    >
                      <EntityDisplayName
                        entityRef={entity.entityRef}
                        hideIcon
                        disableTooltip
                      />
                    </button>
                    {entity.owner && (
                      <Text as="span" variant="body-small" color="secondary">
                        <EntityDisplayName
                          entityRef={entity.owner}
                          hideIcon
                          disableTooltip
                        />
                      </Text>
                    )}
                  </th>
                  <td>
                    <LevelChange from={entity.from} to={entity.to} />
                  </td>
                  <td>
                    <Changes entity={entity} titleOf={titleOf} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      )}
      <div className={styles.more}>
        <Text as="p" variant="body-small" color="secondary" role="status">
          {entities.length < matching
            ? t('lab.entities.some', {
                shown: formatCount(entities.length),
                all: formatCount(matching),
              })
            : t('lab.entities.shown', { count: matching })}
        </Text>
        {props.hasMore && (
          <Button
            variant="secondary"
            isPending={props.isLoadingMore}
            onPress={props.onMore}
          >
            {t('lab.entities.more')}
          </Button>
        )}
      </div>
    </>
  );
}

/** From which level an entity goes to which; only one where it stays. */
export function LevelChange(props: {
  from: Standing | null;
  to: Standing | null;
}) {
  const { from, to } = props;
  const { t } = useTranslationRef(scorecardsTranslationRef);
  const badge = (standing: Standing | null) =>
    standing ? (
      <LevelBadge score={standing} />
    ) : (
      <Text as="span" variant="body-small" color="secondary">
        {t('lab.answer.outOfScope')}
      </Text>
    );
  const isSame =
    from && to && from.level === to.level && from.rated === to.rated;
  return (
    <span className={styles.change}>
      {!isSame && (
        <>
          {badge(from)}
          <span aria-hidden>→</span>
        </>
      )}
      {badge(to)}
    </span>
  );
}

function Changes(props: { entity: LabEntity; titleOf(check: string): string }) {
  const { entity, titleOf } = props;
  const { t } = useTranslationRef(scorecardsTranslationRef);
  const changes = entity.checks.filter(({ from, to }) => from !== to);
  if (changes.length === 0) {
    return (
      <Text as="span" variant="body-small" color="secondary">
        {t('lab.entities.nothing')}
      </Text>
    );
  }
  const rest = changes.length - MOST_CHANGES;
  return (
    <ul className={styles.changes}>
      {changes.slice(0, MOST_CHANGES).map(({ check, from, to }) => (
        <li key={check}>
          <span>{titleOf(check)}</span>
          <StateChange from={from} to={to} />
        </li>
      ))}
      {rest > 0 && (
        <li>{t('lab.entities.others', { number: formatCount(rest) })}</li>
      )}
    </ul>
  );
}
