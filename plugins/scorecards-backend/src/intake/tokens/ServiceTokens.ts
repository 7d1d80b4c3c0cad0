import { filterPredicateToFilterFunction } from '@backstage/filter-predicates';
import { createHash, timingSafeEqual } from 'node:crypto';
import { ServiceWriter } from '../writers';
import { PushService } from './config';

const digest = (text: string) => createHash('sha256').update(text).digest();

/** Knows services by the secrets that they are configured with. */
export class ServiceTokens {
  readonly #services: readonly { digest: Buffer; writer: ServiceWriter }[];

  static create(services: readonly PushService[]): ServiceTokens {
    return new ServiceTokens(services);
  }

  private constructor(services: readonly PushService[]) {
    this.#services = services.map(({ secret, ...service }) => ({
      digest: digest(secret),
      writer: {
        kind: 'service',
        subject: service.subject,
        sources: new Set(service.sources),
        ...(service.owners && { owners: service.owners }),
        ...(service.entities !== 'all' && {
          admits: filterPredicateToFilterFunction<object>(service.entities),
        }),
        delivery: service.delivery,
      },
    }));
  }

  /**
   * Whose token it is. Digests are compared, and always all of them, so that the time it takes says nothing about how
   * much of a guess was right.
   */
  find(token: string): ServiceWriter | undefined {
    const sought = digest(token);
    return this.#services.reduce<ServiceWriter | undefined>(
      (found, service) =>
        timingSafeEqual(service.digest, sought) ? service.writer : found,
      undefined,
    );
  }
}
