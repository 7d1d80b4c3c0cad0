import { ButtonLink, Container, Flex, Text } from '@backstage/ui';
import { useLocation } from 'react-router-dom';

/** There is no page at this address; what to do instead. */
export function NotFoundPage() {
  const { pathname } = useLocation();
  return (
    <main>
      <Container>
        <Flex direction="column" align="start" gap="4" py="8">
          <Text as="h1" variant="title-small" weight="bold">
            Page not found
          </Text>
          <Text as="p" color="secondary">
            {`There is nothing at ${pathname}. It may have been renamed or deleted, or the address is not complete.`}
          </Text>
          <Flex gap="2">
            <ButtonLink href="/" variant="primary">
              Home
            </ButtonLink>
            <ButtonLink href="/search" variant="secondary">
              Search
            </ButtonLink>
          </Flex>
        </Flex>
      </Container>
    </main>
  );
}
