import { Alert, Badge, Button, Skeleton, Text } from '@backstage/ui';
import { RiArrowRightLine } from '@remixicon/react';
import { useCallback, useEffect, useState } from 'react';
import { Persona, PersonasClient } from './PersonasClient';
import styles from './SignInPage.module.css';

/** The people to sign in as in development, by role. */
export function PersonaList(props: {
  client: PersonasClient;
  /** Login of the persona that a sign-in is under way for. */
  pending?: string;
  onSelect(login: string): void;
}) {
  const { client, pending, onSelect } = props;
  const [personas, setPersonas] = useState<Persona[]>();
  const [error, setError] = useState<string>();

  const load = useCallback(async () => {
    setError(undefined);
    try {
      setPersonas(await client.list());
    } catch (failure) {
      setError(failure instanceof Error ? failure.message : String(failure));
    }
  }, [client]);
  useEffect(() => {
    load();
  }, [load]);

  const roles = [...new Set(personas?.map(persona => persona.role))];
  return (
    <section aria-labelledby="personas-title" className={styles.personas}>
      <div className={styles.personasHeader}>
        <Text as="h2" id="personas-title" variant="title-x-small" weight="bold">
          Choose who you are
        </Text>
        <Badge>Development sign-in: no password</Badge>
      </div>
      {error && (
        <Alert
          status="danger"
          icon
          title="The people to sign in as could not be loaded"
          description={`${error}. The backend may still be starting.`}
          customActions={
            <Button variant="secondary" onPress={load}>
              Try again
            </Button>
          }
        />
      )}
      {!personas && !error && (
        <Skeleton width="100%" height={320} aria-hidden />
      )}
      {roles.map(role => (
        <div key={role} role="group" aria-label={role}>
          <Text
            as="h3"
            variant="body-small"
            weight="bold"
            color="secondary"
            className={styles.role}
          >
            {role}
          </Text>
          <ul className={styles.cards}>
            {personas
              ?.filter(persona => persona.role === role)
              .map(persona => (
                <li key={persona.login}>
                  <button
                    type="button"
                    className={styles.persona}
                    disabled={pending !== undefined}
                    aria-busy={pending === persona.login}
                    onClick={() => onSelect(persona.login)}
                  >
                    <span className={styles.personaText}>
                      <span className={styles.personaTitle}>
                        {persona.title}
                      </span>
                      <span className={styles.login}>{persona.login}</span>
                      <span className={styles.description}>
                        {persona.description}
                      </span>
                    </span>
                    <RiArrowRightLine size={18} aria-hidden />
                  </button>
                </li>
              ))}
          </ul>
        </div>
      ))}
    </section>
  );
}
