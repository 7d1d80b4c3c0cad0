import { parseEntityRef } from '@backstage/catalog-model';
import { MarkdownContent } from '@backstage/core-components';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import {
  ScaffolderOutputLink,
  ScaffolderTaskOutput,
} from '@backstage/plugin-scaffolder-react';
import { ButtonLink } from '@backstage/ui';
import { TitledCard } from '../../components/TitledCard';
import styles from './Run.module.css';

/** Nothing but a page may be behind a link. */
const PAGE = /^(https?:\/\/|\/(?!\/))/;

/** What a run has made and what comes next, in the words of its template. */
export function Outputs(props: { output: ScaffolderTaskOutput }) {
  const { links = [], text = [] } = props.output;
  const entityRoute = useRouteRef(entityRouteRef);
  const hrefOf = ({ entityRef, url }: ScaffolderOutputLink) => {
    const entity = entityRef && entityNamed(entityRef);
    return entity ? entityRoute?.(entity) : url;
  };
  const shown = links.flatMap(link => {
    const href = hrefOf(link);
    return href && PAGE.test(href) ? [{ href, title: link.title ?? href }] : [];
  });
  return (
    <>
      {shown.length > 0 && (
        <ul className={styles.links}>
          {shown.map(({ href, title }, index) => (
            <li key={`${title} ${href}`}>
              <ButtonLink
                href={href}
                variant={index === 0 ? 'primary' : 'secondary'}
                {...(!href.startsWith('/') && {
                  target: '_blank',
                  rel: 'noopener noreferrer',
                })}
              >
                {title}
              </ButtonLink>
            </li>
          ))}
        </ul>
      )}
      {text.map(({ title = 'Result', content = '' }) => (
        <TitledCard key={title} title={title}>
          <MarkdownContent
            className={styles.text}
            content={content}
            linkTarget="_blank"
          />
        </TitledCard>
      ))}
    </>
  );
}

/** Nothing for a text that is no reference: a template may write anything, and the rest of the page is still worth reading. */
function entityNamed(ref: string) {
  try {
    return parseEntityRef(ref);
  } catch {
    return undefined;
  }
}
