import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { Clock } from './Clock';
import { clockServiceRef } from './clockServiceRef';
import { ManualClock } from './ManualClock';
import { SystemClock } from './SystemClock';

const DAY = 24 * 60 * 60 * 1000;
const configWith = (offset: string) =>
  new ConfigReader({ waymark: { clock: { offset } } });

describe('the clock', () => {
  it('is the clock of the machine by default', async () => {
    const seen: Clock[] = [];
    await startTestBackend({
      features: [
        createBackendPlugin({
          pluginId: 'reader',
          register({ registerInit }) {
            registerInit({
              deps: { clock: clockServiceRef, logger: coreServices.logger },
              init: async ({ clock }) => void seen.push(clock),
            });
          },
        }),
        mockServices.rootConfig.factory({ data: {} }),
      ],
    });
    const [clock] = seen;

    const before = Date.now();
    const now = clock.now().getTime();
    expect(now).toBeGreaterThanOrEqual(before);
    expect(now).toBeLessThanOrEqual(Date.now());
  });

  it('moves by the offset of the configuration in development', () => {
    const clock = SystemClock.fromConfig(configWith('-P30D'), 'development');

    const difference = Date.now() - clock.now().getTime();
    expect(Math.abs(difference - 30 * DAY)).toBeLessThan(5000);
  });

  it('refuses an offset in production', () => {
    expect(() =>
      SystemClock.fromConfig(configWith('P1D'), 'production'),
    ).toThrow('waymark.clock.offset is set to "P1D"');
  });

  it('refuses an offset that is not a duration', () => {
    expect(() =>
      SystemClock.fromConfig(configWith('one day'), 'development'),
    ).toThrow('waymark.clock.offset must be an ISO 8601 duration');
  });

  it('stands still in tests until it is moved', () => {
    const clock = ManualClock.at('2026-01-01T00:00:00Z');
    const first = clock.now();
    clock.advance('P1D');

    expect(first.toISOString()).toBe('2026-01-01T00:00:00.000Z');
    expect(clock.now().toISOString()).toBe('2026-01-02T00:00:00.000Z');
    expect(() => clock.advance('soon')).toThrow('not an ISO 8601 duration');
  });
});
