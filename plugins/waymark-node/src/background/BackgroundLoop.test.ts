import { mockServices } from '@backstage/backend-test-utils';
import { eventually } from '../testing/eventually';
import { BackgroundLoop } from './BackgroundLoop';

const HOUR = 60 * 60_000;

function loopOf(
  work: (signal: AbortSignal) => Promise<void>,
  everyMillis = HOUR,
) {
  const logger = mockServices.logger.mock();
  return {
    logger,
    loop: BackgroundLoop.create({ what: 'count', work, everyMillis, logger }),
  };
}

describe('a background loop', () => {
  it('goes on after a turn that failed, and says so', async () => {
    let turns = 0;
    const { loop, logger } = loopOf(async () => {
      turns += 1;
      throw new Error('No database');
    }, 1);
    loop.start();
    await eventually(async () => (turns > 2 ? true : undefined));
    await loop.stop();
    expect(logger.error).toHaveBeenCalledWith(
      'Could not count, will try again',
      expect.objectContaining({ message: 'No database' }),
    );
    const ended = turns;
    loop.wake();
    await new Promise(resolve => setTimeout(resolve, 20));
    expect(turns).toBe(ended);
  });

  it('takes no two turns at once, and another one when it was woken during one', async () => {
    let running = 0;
    let turns = 0;
    const releases: (() => void)[] = [];
    const { loop } = loopOf(async () => {
      running += 1;
      expect(running).toBe(1);
      await new Promise<void>(resolve => releases.push(resolve));
      running -= 1;
      turns += 1;
    });
    loop.wake();
    loop.wake();
    loop.wake();
    for (const index of [0, 1]) {
      await eventually(async () => releases[index]);
      releases[index]();
    }
    await eventually(async () => (turns === 2 ? true : undefined));
    await new Promise(resolve => setTimeout(resolve, 20));
    expect(releases).toHaveLength(2);
    await loop.stop();
  });

  it('waits for its turn when it is stopped, and tells it', async () => {
    let ended = false;
    const { loop, logger } = loopOf(async signal => {
      await new Promise(resolve => signal.addEventListener('abort', resolve));
      ended = true;
      throw new Error('Interrupted');
    });
    loop.wake();
    await loop.stop();
    expect(ended).toBe(true);
    expect(logger.error).not.toHaveBeenCalled();
  });
});
