import { parseEntityRef } from '@backstage/catalog-model';
import { identityApiRef, useApi } from '@backstage/frontend-plugin-api';
import { EntityRefLinks } from '@backstage/plugin-catalog-react';
import { SearchField, Text } from '@backstage/ui';
import { useQuery } from '@tanstack/react-query';
import { FormEvent, useState } from 'react';
import { useNavigate } from 'react-router-dom';
import styles from './Greeting.module.css';

/** Who is signed in, for which groups they act, and a search over everything. */
export function Greeting() {
  const identityApi = useApi(identityApiRef);
  const navigate = useNavigate();
  const [term, setTerm] = useState('');
  const { data } = useQuery({
    queryKey: ['person'],
    queryFn: async () => {
      const [profile, identity] = await Promise.all([
        identityApi.getProfileInfo(),
        identityApi.getBackstageIdentity(),
      ]);
      return {
        name:
          profile.displayName ?? parseEntityRef(identity.userEntityRef).name,
        groups: identity.ownershipEntityRefs.filter(
          ref => parseEntityRef(ref).kind === 'group',
        ),
      };
    },
  });

  function search(event: FormEvent) {
    event.preventDefault();
    if (term.trim()) {
      navigate(`/search?${new URLSearchParams({ query: term.trim() })}`);
    }
  }

  return (
    <div className={styles.greeting}>
      <div className={styles.who}>
        <Text as="h1" variant="title-small" weight="bold">
          {data ? `Hello, ${data.name}` : 'Hello'}
        </Text>
        <Text
          as="p"
          variant="body-medium"
          color="secondary"
          className={styles.groups}
        >
          {data && data.groups.length > 0 ? (
            <>
              You act for{' '}
              <EntityRefLinks
                entityRefs={data.groups}
                hideIcons
                defaultKind="group"
              />
            </>
          ) : (
            '\u00a0'
          )}
        </Text>
      </div>
      <form role="search" onSubmit={search} className={styles.search}>
        <SearchField
          aria-label="Search everything"
          placeholder="Search services, APIs, docs and people"
          size="medium"
          value={term}
          onChange={setTerm}
        />
      </form>
    </div>
  );
}
