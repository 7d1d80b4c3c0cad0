import {
  SignInPageProps,
  configApiRef,
  discoveryApiRef,
} from '@backstage/core-plugin-api';
import { useApi, useApiHolder } from '@backstage/frontend-plugin-api';
import { Alert, Text } from '@backstage/ui';
import { useEffect, useMemo, useRef, useState } from 'react';
import { LogoFull } from '../../brand';
import { PersonaIdentity } from './PersonaIdentity';
import { PersonaList } from './PersonaList';
import { PersonasClient } from './PersonasClient';
import { ProviderButtons } from './ProviderButtons';
import { RefusedNotice } from './RefusedNotice';
import {
  recallSignIn,
  rememberSignIn,
  RememberedSignIn,
} from './rememberedSignIn';
import { signInWithProvider } from './providerIdentity';
import { readSignInMethods, SignInProvider } from './signInMethods';
import styles from './SignInPage.module.css';

/** The page that a person without a session sees, whatever address they opened. */
export function SignInPage(props: SignInPageProps) {
  const config = useApi(configApiRef);
  const discoveryApi = useApi(discoveryApiRef);
  const apis = useApiHolder();
  const methods = useMemo(() => readSignInMethods(config), [config]);
  const client = useMemo(
    () => PersonasClient.create({ discoveryApi }),
    [discoveryApi],
  );
  const [isResuming, setIsResuming] = useState(() => Boolean(recallSignIn()));
  const [pending, setPending] = useState<string>();
  const [refusal, setRefusal] = useState<string | undefined>(
    // The redirect flow comes back with the backend's message in the address.
    () => new URLSearchParams(window.location.search).get('error') ?? undefined,
  );

  async function signInAsPersona(login: string) {
    const identity = await PersonaIdentity.signIn({ client, login });
    rememberSignIn({ method: 'persona', login });
    props.onSignInSuccess(identity);
  }

  async function signInBy(provider: SignInProvider, mode: 'resume' | 'popup') {
    const identity = await signInWithProvider(apis.get(provider.apiRef)!, mode);
    if (identity) {
      rememberSignIn({ method: 'provider', id: provider.id });
      props.onSignInSuccess(identity);
    }
  }

  async function resume(signIn: RememberedSignIn) {
    if (signIn.method === 'persona') {
      if (methods.personas) {
        await signInAsPersona(signIn.login);
      }
      return;
    }
    const provider = methods.providers.find(({ id }) => id === signIn.id);
    if (provider) {
      await signInBy(provider, 'resume');
    }
  }

  async function attempt(name: string, signIn: () => Promise<void>) {
    setPending(name);
    setRefusal(undefined);
    try {
      await signIn();
    } catch (error) {
      // Closing the pop-up is a decision, not a failure.
      if (!(error instanceof Error && error.name === 'PopupRejectedError')) {
        setRefusal(messageOf(error));
      }
    } finally {
      setPending(undefined);
    }
  }

  const hasResumed = useRef(false);
  useEffect(() => {
    // Once, when the page opens: a sign-in that is made later remembers itself too.
    if (hasResumed.current) {
      return;
    }
    hasResumed.current = true;
    const remembered = recallSignIn();
    if (!remembered) {
      return;
    }
    resume(remembered)
      .catch(error => setRefusal(messageOf(error)))
      .finally(() => setIsResuming(false));
  });

  if (isResuming) {
    return (
      <main className={styles.page} aria-busy="true">
        <div className={styles.resuming} role="status">
          <LogoFull />
          <Text color="secondary">Signing you in…</Text>
        </div>
      </main>
    );
  }

  return (
    <main className={styles.page}>
      <div className={styles.content}>
        <div className={styles.brand}>
          <LogoFull />
        </div>
        <Text as="h1" variant="title-medium" weight="bold">
          Sign in
        </Text>
        <Text as="p" variant="body-large" color="secondary">
          The developer portal of{' '}
          {config.getOptionalString('organization.name') ?? 'your organisation'}
          : what runs, who owns it, and what needs your attention.
        </Text>
        {refusal && <RefusedNotice message={refusal} />}
        {methods.providers.length > 0 && (
          <ProviderButtons
            providers={methods.providers}
            pending={pending}
            onSelect={provider =>
              attempt(provider.id, () => signInBy(provider, 'popup'))
            }
          />
        )}
        {methods.personas && (
          <PersonaList
            client={client}
            pending={pending}
            onSelect={login => attempt(login, () => signInAsPersona(login))}
          />
        )}
        {!methods.personas && methods.providers.length === 0 && (
          <Alert
            status="danger"
            icon
            title="No way to sign in is configured"
            description="Whoever runs this portal must configure a provider below auth.providers and name it in waymark.auth.signIn."
          />
        )}
      </div>
    </main>
  );
}

function messageOf(error: unknown): string {
  const body = (error as { body?: { error?: { message?: string } } }).body;
  return (
    body?.error?.message ??
    (error instanceof Error ? error.message : String(error))
  );
}
