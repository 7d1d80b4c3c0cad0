import { RootConfigService } from '@backstage/backend-plugin-api';
import { IANAZone } from 'luxon';
import { z } from 'zod';
import { checkConfig } from '../config/checkConfig';
import { DigestSchedule, WEEKDAYS } from './schedule';

const KEY = 'scorecards.digest';

const digestSchema = z.strictObject({
  day: z.enum(WEEKDAYS).default('monday'),
  time: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time such as 08:00')
    .default('08:00'),
  timeZone: z
    .string()
    .refine(zone => IANAZone.isValidZone(zone), {
      error: 'must be the name of a time zone, such as Europe/Berlin',
    })
    .default('UTC'),
});

/**
 * When owners get their digest.
 *
 * @returns undefined where nobody gets one
 * @throws Error that names the key of the configuration and the reason
 */
export function readDigestSchedule(
  config: RootConfigService,
): DigestSchedule | undefined {
  const value = config.getOptional(KEY) ?? {};
  if (value === false) return undefined;
  const { day, time, timeZone } = checkConfig(KEY, value, digestSchema);
  const [hour, minute] = time.split(':').map(Number);
  return { day, hour, minute, timeZone };
}
