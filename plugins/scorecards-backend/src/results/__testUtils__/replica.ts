import type { LoggerService } from '@backstage/backend-plugin-api';
import { ConfigReader } from '@backstage/config';
import { SystemClock } from '@waymark/waymark-node';
import knexFactory from 'knex';
import { ThreadEvaluator } from '../evaluation/ThreadEvaluator';
import { ResultEngine } from '../ResultEngine';
import { fleetDefinitions } from './fleet';

/** A process that evaluates until it is killed. Its argument says where the database is. */
async function main([connection]: string[]): Promise<void> {
  const tell = (...what: unknown[]) => {
    process.stderr.write(`${what.join(' ')}\n`);
  };
  const logger: LoggerService = {
    ...{ error: tell, warn: tell, info: tell, debug: () => {} },
    child: () => logger,
  };
  await ResultEngine.create({
    knex: knexFactory({ client: 'pg', connection: JSON.parse(connection) }),
    clock: SystemClock.fromConfig(new ConfigReader({})),
    logger,
    definitions: fleetDefinitions(),
    evaluator: ThreadEvaluator.create(),
    batchSize: 5,
    leaseMillis: 2_000,
    everyMillis: 100,
  }).start();
}

main(process.argv.slice(2)).catch(error => {
  process.stderr.write(`${error}\n`);
  process.exitCode = 1;
});
