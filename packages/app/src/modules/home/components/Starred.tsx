import { useStarredEntities } from '@backstage/plugin-catalog-react';
import { Text } from '@backstage/ui';
import { EntityList } from './EntityList';
import { HomeCard } from './HomeCard';

/** The entities I have starred. */
export function Starred() {
  const { starredEntities } = useStarredEntities();
  const refs = [...starredEntities].sort((a, b) => a.localeCompare(b));
  return (
    <HomeCard title="Starred">
      {refs.length > 0 ? (
        <EntityList entityRefs={refs} />
      ) : (
        <Text as="p" color="secondary">
          Nothing yet. The star beside the name of an entity puts it here.
        </Text>
      )}
    </HomeCard>
  );
}
