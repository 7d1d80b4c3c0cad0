import { SearchField, Select } from '@backstage/ui';
import { CatalogProblem } from '@waymark/waymark-common';
import { ownersOf } from '../filterProblems';
import { ProblemOwner, useProblemFilter } from '../useProblemFilter';
import styles from './Problems.module.css';

/** Whose problems, and which. */
export function ProblemFilter(props: {
  filter: ReturnType<typeof useProblemFilter>;
  problems: readonly CatalogProblem[];
}) {
  const { filter, problems } = props;
  const named = ownersOf(problems);
  // An address from elsewhere may name an owner who has no problem any more.
  const owners =
    ['all', 'mine'].includes(filter.owner) || named.includes(filter.owner)
      ? named
      : [...named, filter.owner];
  return (
    <div role="search" className={styles.filter}>
      <SearchField
        label="Search"
        placeholder="File, reason or entity"
        value={filter.text}
        onChange={filter.setText}
        className={styles.text}
      />
      <Select
        className={styles.owner}
        label="Owner"
        value={filter.owner}
        onChange={key => filter.setOwner(String(key) as ProblemOwner)}
        options={[
          { id: 'all', label: 'Everybody' },
          { id: 'mine', label: 'Me and my teams' },
          ...owners.map(id => ({ id, label: id.replace(/^.*\//, '') })),
        ]}
      />
    </div>
  );
}
