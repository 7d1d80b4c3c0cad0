import { stringifyEntityRef } from '@backstage/catalog-model';
import {
  Button,
  Container,
  Link,
  SearchField,
  Skeleton,
  Text,
  VisuallyHidden,
} from '@backstage/ui';
import { useId, useState } from 'react';
import { LoadFailure } from '../../components/LoadFailure';
import { useRunsLink } from '../../routes';
import { groupByIntent, IntentGroup, searchTemplates } from './intents';
import { TemplateCard } from './TemplateCard';
import { useTemplates } from './useTemplates';
import styles from './CreatePage.module.css';

/** All templates, by what people come for. */
export function CreatePage() {
  const templates = useTemplates();
  const [text, setText] = useState('');
  const runsLink = useRunsLink();
  const found = searchTemplates(templates.value ?? [], text);
  return (
    <Container>
      <VisuallyHidden>
        <h1>Create</h1>
      </VisuallyHidden>
      <div className={styles.page}>
        <div className={styles.bar}>
          <SearchField
            aria-label="Search templates"
            placeholder="What do you want to do?"
            className={styles.search}
            value={text}
            onChange={setText}
          />
          {runsLink && <Link href={runsLink}>What you have run</Link>}
        </div>
        {templates.loading && !templates.value && (
          <div role="status" aria-label="Loading the templates">
            <Skeleton width="100%" height={240} />
          </div>
        )}
        {templates.error && (
          <LoadFailure
            title="The templates could not be loaded"
            error={templates.error}
            onRetry={templates.retry}
          />
        )}
        {templates.value && (
          <>
            <VisuallyHidden role="status">
              {text && `${found.length} of ${templates.value.length} templates`}
            </VisuallyHidden>
            {found.length === 0 && (
              <NothingFound text={text} onClear={() => setText('')} />
            )}
            {groupByIntent(found).map(group => (
              <Group key={group.title} group={group} />
            ))}
          </>
        )}
      </div>
    </Container>
  );
}

function Group(props: { group: IntentGroup }) {
  const { title, templates } = props.group;
  const headingId = useId();
  return (
    <section aria-labelledby={headingId} className={styles.group}>
      <Text as="h2" id={headingId} variant="title-small" weight="bold">
        {title}
      </Text>
      <ul className={styles.cards}>
        {templates.map(template => (
          <li key={stringifyEntityRef(template)}>
            <TemplateCard template={template} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function NothingFound(props: { text: string; onClear(): void }) {
  return (
    <div className={styles.nothing}>
      <Text as="p">
        {props.text
          ? `No template matches “${props.text}”.`
          : 'There are no templates yet. The platform team adds them by pull request.'}
      </Text>
      {props.text && (
        <Button variant="secondary" onPress={props.onClear}>
          Show all
        </Button>
      )}
    </div>
  );
}
