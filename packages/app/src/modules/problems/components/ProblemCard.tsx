import { EntityRefLink, EntityRefLinks } from '@backstage/plugin-catalog-react';
import { Badge, Card, CardBody, Link, Text } from '@backstage/ui';
import { CatalogProblem } from '@waymark/waymark-common';
import { Fragment } from 'react';
import { describeProblem } from '../describeProblem';
import styles from './ProblemCard.module.css';

const instant = new Intl.DateTimeFormat(undefined, {
  dateStyle: 'medium',
  timeStyle: 'short',
});

/** One file or entity: what is wrong, since when, whom it concerns and what is shown meanwhile. */
export function ProblemCard(props: { problem: CatalogProblem }) {
  const { problem } = props;
  const { reason, excerpt, file, url } = describeProblem(problem);
  const owners = [
    ...new Set(problem.affected.flatMap(({ owner }) => owner ?? [])),
  ];
  const shown = problem.affected
    .map(({ entityRef }) => entityRef)
    .filter(ref => problem.lastGood || ref !== problem.entityRef);
  return (
    <Card>
      <CardBody className={styles.body}>
        <div className={styles.head}>
          <Text as="h2" variant="body-large" weight="bold">
            {url ? (
              <Link href={url} target="_blank" rel="noopener noreferrer">
                {file}
              </Link>
            ) : (
              file
            )}
          </Text>
          <Text variant="body-small" color="secondary">
            {'since '}
            <time dateTime={problem.since}>
              {instant.format(new Date(problem.since))}
            </time>
          </Text>
        </div>
        <Text as="p" className={styles.reason}>
          {reason}
        </Text>
        {excerpt && <pre className={styles.excerpt}>{excerpt}</pre>}
        {problem.errors.length > 1 && (
          <Text as="p" variant="body-small" color="secondary">
            {`And ${
              problem.errors.length - 1
            } more of this kind in the same file.`}
          </Text>
        )}
        <dl className={styles.facts}>
          <dt>Shown meanwhile</dt>
          <dd>
            {shown.length > 0 ? (
              <EntityRefLinks entityRefs={shown} />
            ) : (
              <Badge>nothing of this file</Badge>
            )}
          </dd>
          {owners.length > 0 && (
            <>
              <dt>Owner</dt>
              <dd>
                {owners.map((owner, index) => (
                  <Fragment key={owner}>
                    {index > 0 && ', '}
                    <EntityRefLink entityRef={owner} />
                  </Fragment>
                ))}
              </dd>
            </>
          )}
        </dl>
      </CardBody>
    </Card>
  );
}
