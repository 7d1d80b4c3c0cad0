import { RootConfigService } from '@backstage/backend-plugin-api';
import { filterPredicateToFilterFunction } from '@backstage/filter-predicates';
import { appliesToSchema } from '@waymark/waymark-common';
import { z } from 'zod';
import { checkConfig } from '../config/checkConfig';

const KEY = 'scorecards.badges';

const badgesSchema = z.strictObject({
  public: z
    .union([z.literal(false), z.literal('all'), appliesToSchema])
    .default(false),
});

/**
 * The entities whose badges are shown to whoever is not signed in.
 *
 * @returns undefined where no badge is
 * @throws Error that names the key of the configuration and the reason
 */
export function readPublicBadges(
  config: RootConfigService,
): ((entity: object) => boolean) | undefined {
  const value = config.getOptional(KEY) ?? {};
  const open = checkConfig(KEY, value, badgesSchema).public;
  switch (open) {
    case false:
      return undefined;
    case 'all':
      return () => true;
    default:
      return filterPredicateToFilterFunction<object>(open);
  }
}
