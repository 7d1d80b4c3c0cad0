import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type { Samples } from '../figures';
import { repositoryRoot } from '../portal/launcher';
import { median } from '../statistics';
import type { EngineReport } from './engineProcess';
import { ENGINES, RuleEngine } from './engines';

const ENGINE_PROCESS = join(
  repositoryRoot,
  'packages/benchmarks/src/rules/engineProcess.ts',
);

interface Contender {
  readonly engine: RuleEngine;
  readonly child: ChildProcess;
  /** Evaluations of one rule over one subject in a second, by round. */
  readonly rates: number[];
}

/** Each engine runs in a process of its own: what the compiler learns of one must not slow down another. */
function start(engine: RuleEngine): Contender {
  const child = fork(ENGINE_PROCESS, [engine.name]);
  return { engine, child, rates: [] };
}

function measure({ child, engine }: Contender): Promise<EngineReport> {
  return new Promise((resolve, reject) => {
    const onExit = () =>
      reject(new Error(`The process of ${engine.name} has ended`));
    // The loader of TypeScript sends messages of its own.
    const onMessage = (message: Partial<EngineReport>) => {
      if (message.rate === undefined) return;
      child.off('message', onMessage);
      child.off('exit', onExit);
      resolve(message as EngineReport);
    };
    child.on('message', onMessage);
    child.on('exit', onExit);
    child.send('measure');
  });
}

/** Warms up; engines that decide otherwise are not compared. */
async function warmUp(all: readonly Contender[]): Promise<void> {
  let expected: string | undefined;
  for (const contender of all) {
    const { decided } = await measure(contender);
    expected ??= decided;
    if (decided !== expected) {
      throw new Error(`${contender.engine.name} decides otherwise`);
    }
  }
}

function tell(all: readonly Contender[], samples: Samples): void {
  const [ours] = all.map(({ rates }) => median(rates));
  for (const { engine, rates } of all) {
    const rate = median(rates);
    const millions = (rate / 1e6).toFixed(3);
    const nanoseconds = (1e9 / rate).toFixed(0);
    const times = (ours / rate).toFixed(1);
    samples.remark(
      `${engine.name}: ${millions} M evaluations/s, ${nanoseconds} ns each, Waymark is ${times} × as fast`,
    );
  }
}

/**
 * Pure evaluation of the same rules over the same facts, on one thread. The engines take turns in every round, so that a
 * processor that slows down slows all of them.
 */
export async function measureRules(
  rounds: number,
  samples: Samples,
): Promise<void> {
  const all = ENGINES.map(start);
  try {
    await warmUp(all);
    for (let round = 0; round < rounds; round += 1) {
      for (const contender of all) {
        contender.rates.push((await measure(contender)).rate);
      }
      const fastest = (role: RuleEngine['role']) =>
        Math.max(
          ...all
            .filter(({ engine }) => engine.role === role)
            .map(({ rates }) => rates[round]),
        );
      const ours = fastest('ours');
      samples.add('rulesToJsonRulesEngine', ours / fastest('jsonRules'));
      samples.add('rulesToCelLibraries', ours / fastest('celLibrary'));
    }
    tell(all, samples);
  } finally {
    for (const { child } of all) child.kill();
  }
}
