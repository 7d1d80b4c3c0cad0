import { HomePageLayoutProps } from '@backstage/plugin-home-react/alpha';
import { Container } from '@backstage/ui';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { Fragment, useState } from 'react';
import { TwoColumns } from '../../../components';
import { arrangeWidgets } from '../arrangeWidgets';
import { Greeting } from './Greeting';
import styles from './HomeLayout.module.css';

/** Greeting and search, then two columns of widgets: work, and what is kept at hand. */
export function HomeLayout(props: HomePageLayoutProps) {
  const [queryClient] = useState(
    () => new QueryClient({ defaultOptions: { queries: { retry: 1 } } }),
  );
  const { work, atHand } = arrangeWidgets(props.widgets);
  return (
    <QueryClientProvider client={queryClient}>
      <main>
        <Container>
          <div className={styles.page}>
            <Greeting />
            <TwoColumns wide={render(work)} narrow={render(atHand)} />
          </div>
        </Container>
      </main>
    </QueryClientProvider>
  );
}

function render(widgets: HomePageLayoutProps['widgets']) {
  return widgets.map(widget => (
    <Fragment key={widget.node.spec.id}>{widget.component}</Fragment>
  ));
}
