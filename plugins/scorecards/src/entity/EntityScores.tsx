import { stringifyEntityRef } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useState } from 'react';
import { ScoresCard } from './ScoresCard';
import { ScoresTab } from './ScoresTab';

/** The scorecards of the entity whose page this is. */
export function EntityScores(props: { as: 'tab' | 'card' }) {
  const { entity } = useEntity();
  const [queryClient] = useState(() => new QueryClient());
  const entityRef = stringifyEntityRef(entity);
  return (
    <QueryClientProvider client={queryClient}>
      {props.as === 'tab' ? (
        // Of another entity everything is another, what was chosen too.
        <ScoresTab key={entityRef} entityRef={entityRef} />
      ) : (
        <ScoresCard entityRef={entityRef} />
      )}
    </QueryClientProvider>
  );
}
