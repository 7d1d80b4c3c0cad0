import { stringifyEntityRef } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useState } from 'react';
import { OperateCard } from './OperateCard';

/** The Operate card of the entity whose page this is. */
export function EntityOperateCard() {
  const { entity } = useEntity();
  const [queryClient] = useState(() => new QueryClient());
  return (
    <QueryClientProvider client={queryClient}>
      <OperateCard entityRef={stringifyEntityRef(entity)} />
    </QueryClientProvider>
  );
}
