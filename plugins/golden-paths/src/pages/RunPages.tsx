import { Route, Routes } from 'react-router-dom';
import { RunPage } from './run/RunPage';
import { RunsPage } from './runs/RunsPage';

/** The list of runs, and the page of each. */
export function RunPages() {
  return (
    <Routes>
      <Route index element={<RunsPage />} />
      <Route path=":taskId" element={<RunPage />} />
    </Routes>
  );
}
