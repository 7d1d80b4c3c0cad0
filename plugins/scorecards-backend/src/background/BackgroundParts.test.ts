import { mockServices } from '@backstage/backend-test-utils';
import { eventually } from '@waymark/waymark-node/testUtils';
import { BackgroundPart, BackgroundParts } from './BackgroundParts';

/** A part that fails some times before it starts. */
class Stubborn implements BackgroundPart {
  attempts = 0;
  isRunning = false;

  constructor(readonly failures: number) {}

  async start() {
    this.attempts += 1;
    if (this.attempts <= this.failures) throw new Error('Connection lost');
    this.isRunning = true;
  }

  async stop() {
    if (this.failures === Infinity) throw new Error('Never ran');
    this.isRunning = false;
  }
}

describe('the parts in the background', () => {
  function create(parts: Record<string, BackgroundPart>, retryMillis = 5) {
    const logger = mockServices.logger.mock();
    const background = BackgroundParts.create({ parts, logger, retryMillis });
    return { background, logger };
  }

  it('start whatever becomes of the others, and again when they failed', async () => {
    const collect = new Stubborn(3);
    const evaluate = new Stubborn(0);
    const { background, logger } = create({ collect, evaluate });
    background.start();
    await eventually(async () => evaluate.isRunning || undefined);
    await eventually(async () => collect.isRunning || undefined);
    expect([collect.attempts, evaluate.attempts]).toEqual([4, 1]);
    expect(logger.error.mock.calls).toEqual(
      [1, 2, 3].map(() => [
        'Could not begin to collect, will try again',
        new Error('Connection lost'),
      ]),
    );
    await background.stop();
    expect([collect.isRunning, evaluate.isRunning]).toEqual([false, false]);
  });

  it('stop, also while one of them cannot start', async () => {
    const collect = new Stubborn(Infinity);
    const evaluate = new Stubborn(0);
    const { background, logger } = create({ collect, evaluate }, 3_600_000);
    background.start();
    await eventually(async () => evaluate.isRunning || undefined);
    await background.stop();
    expect(evaluate.isRunning).toBe(false);
    expect(collect.attempts).toBe(1);
    expect(logger.error).toHaveBeenLastCalledWith(
      'Could not cease to collect',
      new Error('Never ran'),
    );
  });
});
