import { Container } from '@backstage/ui';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useState } from 'react';
import { Route, Routes } from 'react-router-dom';
import { ChangesPage } from '../changes/ChangesPage';
import { CollectorsPage } from '../collectors/CollectorsPage';
import { InboxPage } from '../exemptions/InboxPage';
import { LabPage } from '../lab/LabPage';
import { OverviewPage } from '../overview/OverviewPage';
import { ScorecardPage } from '../scorecard/ScorecardPage';
import { SecurityPage } from '../security/SecurityPage';
import { Sections } from './Sections';
import styles from './ScorecardsPages.module.css';

const FRESH_MILLIS = 10_000;

/** The pages of the scorecards, and the way from one to the other. */
export function ScorecardsPages(props: { securityScorecard: string }) {
  const [queryClient] = useState(
    () =>
      new QueryClient({
        defaultOptions: { queries: { retry: 1, staleTime: FRESH_MILLIS } },
      }),
  );
  return (
    <QueryClientProvider client={queryClient}>
      <main>
        <Container className={styles.page}>
          <Sections />
          <Routes>
            <Route index element={<OverviewPage />} />
            <Route path="lab" element={<LabPage />} />
            <Route path=":name" element={<ScorecardPage />} />
            <Route
              path="views/security"
              element={<SecurityPage scorecard={props.securityScorecard} />}
            />
            <Route path="views/collectors" element={<CollectorsPage />} />
            <Route path="views/changes" element={<ChangesPage />} />
            <Route path="views/exemptions" element={<InboxPage />} />
          </Routes>
        </Container>
      </main>
    </QueryClientProvider>
  );
}
