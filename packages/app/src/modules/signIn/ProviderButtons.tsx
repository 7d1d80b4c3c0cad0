import { Button } from '@backstage/ui';
import { SignInProvider } from './signInMethods';
import styles from './SignInPage.module.css';

/** One button for each provider of production. */
export function ProviderButtons(props: {
  providers: SignInProvider[];
  /** Id of the provider that a sign-in is under way with. */
  pending?: string;
  onSelect(provider: SignInProvider): void;
}) {
  return (
    <div className={styles.providers}>
      {props.providers.map((provider, index) => (
        <Button
          key={provider.id}
          size="medium"
          variant={index === 0 ? 'primary' : 'secondary'}
          isPending={props.pending === provider.id}
          isDisabled={
            props.pending !== undefined && props.pending !== provider.id
          }
          onPress={() => props.onSelect(provider)}
        >
          {`Sign in with ${provider.title}`}
        </Button>
      ))}
    </div>
  );
}
