import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { EntityDisplayName, useEntity } from '@backstage/plugin-catalog-react';
import { Link, Skeleton } from '@backstage/ui';
import { TitledCard } from '../components/TitledCard';
import { groupByIntent, titleOf } from '../pages/create/intents';
import { useTemplates } from '../pages/create/useTemplates';
import { useTemplateLink } from '../routes';
import { prefill } from './prefill';
import styles from './CreateHereCard.module.css';

/** How many templates fit beside what else the page says. */
const SHOWN = 4;

/** The card of the entity whose page this is. */
export function EntityCreateHereCard() {
  const { entity } = useEntity();
  return <CreateHereCard entity={entity} />;
}

/** Templates that make something for a group or in a system, with that already filled in. */
export function CreateHereCard(props: { entity: Entity }) {
  const { entity } = props;
  const { value: templates, error } = useTemplates();
  const templateLink = useTemplateLink();
  const paths = groupByIntent(templates ?? [])
    .flatMap(group => group.templates)
    .flatMap(template => {
      const answers = prefill(template, entity);
      return answers ? [{ template, answers }] : [];
    })
    .slice(0, SHOWN);
  if (error || (templates && paths.length === 0)) {
    // The Create page says why; here it would only be in the way.
    return null;
  }
  return (
    <TitledCard
      title={
        <>
          {entity.kind === 'Group' ? 'Create for ' : 'Create in '}
          <EntityDisplayName entityRef={entity} hideIcon disableTooltip />
        </>
      }
    >
      {!templates && <Skeleton width="100%" height={64} />}
      <ul className={styles.paths}>
        {paths.map(({ template, answers }) => (
          <li key={stringifyEntityRef(template)}>
            <Link href={templateLink(template, answers)}>
              {titleOf(template)}
            </Link>
          </li>
        ))}
      </ul>
    </TitledCard>
  );
}
