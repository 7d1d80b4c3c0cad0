import { HookQueue } from './HookQueue';
import { Delivery } from './sendDelivery';
import { Receiver } from './__testUtils__/Receiver';

const policy = { firstPause: 10, longestPause: 20, hold: 100, window: 60_000 };

let receiver: Receiver;
let url: string;
let stop: AbortController;

beforeEach(async () => {
  receiver = new Receiver();
  url = `http://127.0.0.1:${await receiver.listen()}/hook`;
  stop = new AbortController();
});

afterEach(async () => {
  stop.abort();
  await receiver.close();
});

function delivery(event: string): Delivery {
  return {
    id: event,
    hookId: 1,
    url,
    event,
    status: 'pending',
    attempts: 0,
    createdAt: new Date().toISOString(),
    body: '{}',
    payload: {},
  };
}

function queueOf(
  events: string[],
  overrides: Partial<typeof policy> = {},
): { queue: HookQueue; deliveries: Delivery[] } {
  const queue = new HookQueue({
    stop: stop.signal,
    policy: { ...policy, ...overrides },
  });
  const deliveries = events.map(delivery);
  deliveries.forEach(item => queue.add(item));
  return { queue, deliveries };
}

it('lets one failing delivery hold up the others only for so long', async () => {
  receiver.answer = ({ event }) => (event === 'bad' ? 500 : 202);
  const { queue, deliveries } = queueOf(['bad', 'a', 'b']);
  await receiver.until(() => receiver.received.length === 2);
  // It was overtaken once; what comes later finds it failing already.
  queue.add(delivery('c'));
  await receiver.until(() => receiver.received.length === 3);
  expect(receiver.events()).toEqual(['a', 'b', 'c']);
  expect(deliveries[0].status).toBe('pending');
  receiver.answer = () => 202;
  await queue.settled();
  expect(receiver.events()).toEqual(['a', 'b', 'c', 'bad']);
});

it.each([404, 503])(
  'loses nothing while the whole receiver answers %d, however long that takes',
  async status => {
    receiver.answer = () => status;
    const { queue, deliveries } = queueOf(['a', 'b', 'c']);
    await receiver.until(() => deliveries[1].attempts > 2);
    receiver.answer = () => 202;
    await queue.settled();
    expect(receiver.events().sort()).toEqual(['a', 'b', 'c']);
    expect(deliveries.map(({ status: outcome }) => outcome)).toEqual([
      'delivered',
      'delivered',
      'delivered',
    ]);
  },
);

it('keeps the order while nobody listens', async () => {
  await receiver.close();
  const port = Number(new URL(url).port);
  const { queue, deliveries } = queueOf(['a', 'b', 'c']);
  // Well past the time for which a refused delivery may hold up the others.
  await receiver.until(() => deliveries[0].attempts > 15);
  expect(deliveries[1].attempts).toBe(0);
  await receiver.listen(port);
  await queue.settled();
  expect(receiver.events()).toEqual(['a', 'b', 'c']);
});

it('gives up what stays undeliverable, and goes on', async () => {
  receiver.answer = ({ event }) => (event === 'bad' ? 500 : 202);
  const { queue, deliveries } = queueOf(['bad', 'a'], { window: 300 });
  await queue.settled();
  expect(deliveries.map(({ status }) => status)).toEqual([
    'failed',
    'delivered',
  ]);
});

it('stops at once with the forge', async () => {
  receiver.answer = () => 503;
  const { queue, deliveries } = queueOf(['a'], {
    firstPause: 60_000,
    longestPause: 60_000,
    window: 600_000,
  });
  await receiver.until(() => deliveries[0].attempts === 1);
  stop.abort();
  await queue.settled();
  expect(deliveries[0].status).toBe('pending');
});
