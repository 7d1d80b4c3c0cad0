import {
  EntityOrphanWarning,
  EntityProcessingErrorsPanel,
  EntityRelationWarning,
  EntitySwitch,
  hasCatalogProcessingErrors,
  hasRelationWarnings,
  isOrphan,
} from '@backstage/plugin-catalog';
import { EntityContentLayoutProps } from '@backstage/plugin-catalog-react/alpha';
import { Fragment } from 'react';
import { TwoColumns } from '../../components';
import styles from './OverviewLayout.module.css';

/** Warnings, then content beside facts; on a narrow screen the first content card leads and facts follow it. */
export function OverviewLayout(props: EntityContentLayoutProps) {
  const facts = props.cards.filter(card => card.type === 'info');
  const content = props.cards.filter(card => card.type !== 'info');
  return (
    <>
      <div className={styles.warnings}>
        <EntitySwitch>
          <EntitySwitch.Case if={isOrphan}>
            <EntityOrphanWarning />
          </EntitySwitch.Case>
        </EntitySwitch>
        <EntitySwitch>
          <EntitySwitch.Case if={hasRelationWarnings}>
            <EntityRelationWarning />
          </EntitySwitch.Case>
        </EntitySwitch>
        <EntitySwitch>
          <EntitySwitch.Case if={hasCatalogProcessingErrors}>
            <EntityProcessingErrorsPanel />
          </EntitySwitch.Case>
        </EntitySwitch>
      </div>
      <TwoColumns
        wide={render(content)}
        narrow={facts.length > 0 && render(facts)}
      />
    </>
  );
}

function render(cards: EntityContentLayoutProps['cards']) {
  return cards.map((card, index) => (
    <Fragment key={card.element.key ?? index}>{card.element}</Fragment>
  ));
}
