import { Container, VisuallyHidden } from '@backstage/ui';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useState } from 'react';
import { Problems } from './Problems';

/** The files and entities that the catalog could not take in. */
export function ProblemsPage() {
  const [queryClient] = useState(
    () => new QueryClient({ defaultOptions: { queries: { retry: 1 } } }),
  );
  return (
    <QueryClientProvider client={queryClient}>
      <main>
        <Container>
          {/* The bar above shows the title, but is no heading. */}
          <VisuallyHidden>
            <h1>Catalog problems</h1>
          </VisuallyHidden>
          <Problems />
        </Container>
      </main>
    </QueryClientProvider>
  );
}
