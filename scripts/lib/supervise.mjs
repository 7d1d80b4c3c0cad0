import { endGuarded } from './guardian.mjs';
import { say } from './progress.mjs';

/**
 * Runs services until a signal or until one of them ends; stops the others,
 * the last started first.
 *
 * @param {(track: <S>(service: S) => S) => Promise<number | void>} startUp
 *   an exit code where that was all there was to do
 * @returns exit code
 */
export async function supervise(startUp) {
  const services = [];
  let stopping = false;
  let stopRequested;
  const stopAsked = new Promise(resolve => {
    stopRequested = resolve;
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => stopRequested(signal));
  }
  const track = service => {
    services.push(service);
    // Its start was under way when the signal came, and nobody would stop it later.
    if (stopping) void service.stop();
    return service;
  };
  const stopAll = async () => {
    stopping = true;
    for (const service of services.reverse()) await service.stop();
  };
  try {
    const started = startUp(track);
    started.catch(() => {});
    const early = await Promise.race([
      started.then(code => code ?? undefined),
      stopAsked.then(() => 130),
    ]);
    if (early !== undefined) return early;
    const ended = await Promise.race([
      stopAsked.then(() => undefined),
      ...services.map(service => service.exited.then(() => service)),
    ]);
    if (ended) throw await ended.failure();
    say.line('');
    return 0;
  } finally {
    await stopAll();
    await endGuarded();
  }
}
