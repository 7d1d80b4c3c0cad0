import { NotificationDescriptionProps } from '@backstage/plugin-notifications';
import { Button, Text } from '@backstage/ui';
import { useId, useState } from 'react';
import styles from './NotificationText.module.css';

/** Longer ones are folded; what begins a new line is a part of its own. */
const MOST_LENGTH = 160;

/** The text of a notification, with the lines that it was written in. */
export function NotificationText(props: NotificationDescriptionProps) {
  const { description } = props;
  const [isOpen, setIsOpen] = useState(false);
  const id = useId();
  const isLong = description.length > MOST_LENGTH || description.includes('\n');
  return (
    <>
      <Text
        as="p"
        id={id}
        variant="body-small"
        className={isLong && !isOpen ? styles.folded : styles.lines}
      >
        {description}
      </Text>
      {isLong && (
        <Button
          variant="tertiary"
          size="small"
          className={styles.more}
          aria-expanded={isOpen}
          aria-controls={id}
          onPress={() => setIsOpen(!isOpen)}
        >
          {isOpen ? 'Show less' : 'Show more'}
        </Button>
      )}
    </>
  );
}
