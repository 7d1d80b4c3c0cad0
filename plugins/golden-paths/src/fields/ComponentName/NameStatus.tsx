import { Text } from '@backstage/ui';
import {
  RiCheckLine,
  RiCloseCircleLine,
  RiErrorWarningLine,
  RiLoader4Line,
} from '@remixicon/react';
import { NameCheck } from './useNameCheck';
import { NameHolders } from './NameHolders';
import styles from './NameStatus.module.css';

/** Says below the field what is known of the name, also to who cannot see it. */
export function NameStatus(props: { name: string; check: NameCheck }) {
  const { name, check } = props;
  return (
    <div role="status" className={styles.status} data-state={check.state}>
      {check.state === 'checking' && (
        <Text variant="body-small" color="secondary">
          <RiLoader4Line size={16} aria-hidden />
          {`Checking whether ${name} is free`}
        </Text>
      )}
      {check.state === 'free' && (
        <Text variant="body-small" color="success">
          <RiCheckLine size={16} aria-hidden />
          {`${name} is free`}
        </Text>
      )}
      {check.state === 'malformed' && (
        <Text variant="body-small" color="danger">
          <RiCloseCircleLine size={16} aria-hidden />
          {`The name ${check.reasons.join('; ')}`}
        </Text>
      )}
      {check.state === 'taken' && (
        <Text variant="body-small" color="danger">
          <RiCloseCircleLine size={16} aria-hidden />
          {`${name} is taken: ${check.reasons.join('; ')}. `}
          <NameHolders name={name} />
        </Text>
      )}
      {check.state === 'unchecked' && (
        <Text variant="body-small" color="warning">
          <RiErrorWarningLine size={16} aria-hidden />
          {`Nobody could say whether ${name} is free. Go on: it is checked again before anything is made.`}
        </Text>
      )}
    </div>
  );
}
