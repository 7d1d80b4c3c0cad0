import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { ScaffolderTask } from '@backstage/plugin-scaffolder-react';
import { Badge, Link, Text } from '@backstage/ui';
import { useRunLink } from '../../routes';
import { runTitle } from '../runTitle';
import styles from './RunRow.module.css';

const WORDS: Record<ScaffolderTask['status'], string> = {
  open: 'Waiting',
  processing: 'Running',
  completed: 'Done',
  failed: 'Failed',
  cancelled: 'Cancelled',
  skipped: 'Skipped',
};
const instant = new Intl.DateTimeFormat(undefined, {
  dateStyle: 'medium',
  timeStyle: 'short',
});

/** One run in a list: what it makes, since when, how it stands, and who began it. */
export function RunRow(props: { task: ScaffolderTask; withStarter?: boolean }) {
  const { task, withStarter } = props;
  const href = useRunLink()(task.id);
  const starter = task.spec.user?.ref;
  return (
    <li className={styles.row}>
      <span className={styles.title}>
        <Link href={href}>{runTitle(task)}</Link>
      </span>
      {withStarter && starter && <EntityRefLink entityRef={starter} />}
      <Text variant="body-small" color="secondary">
        <time dateTime={task.createdAt}>
          {instant.format(new Date(task.createdAt))}
        </time>
      </Text>
      <Badge size="small">{WORDS[task.status]}</Badge>
    </li>
  );
}
