import { stringifyEntityRef } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useState } from 'react';
import { AdoptionCard } from './AdoptionCard';

/** The card of the definition whose page this is. */
export function EntityAdoptionCard() {
  const { entity } = useEntity();
  const [queryClient] = useState(() => new QueryClient());
  return (
    <QueryClientProvider client={queryClient}>
      <AdoptionCard entityRef={stringifyEntityRef(entity)} />
    </QueryClientProvider>
  );
}
