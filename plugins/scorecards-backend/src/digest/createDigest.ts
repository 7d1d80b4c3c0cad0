import {
  LoggerService,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import { Clock } from '@waymark/waymark-node';
import { Knex } from 'knex';
import { BackgroundPart } from '../background/BackgroundParts';
import { DefinitionStore } from '../definitions/DefinitionStore';
import { EntityStore } from '../entities/EntityStore';
import { ScoreReads } from '../reads/ScoreReads';
import { readDigestSchedule } from './config';
import { DigestProgress } from './DigestProgress';
import { DigestReader } from './DigestReader';
import { DigestTask } from './DigestTask';

/** The weekly digest over one database, by the name of what it does; nothing where it is switched off. */
export function createDigest(options: {
  config: RootConfigService;
  knex: Knex;
  clock: Clock;
  logger: LoggerService;
  definitions: DefinitionStore;
  scores: Pick<ScoreReads, 'scores'>;
  /** Called after notices were written; a hint and no promise. */
  onWritten?: () => void;
}): Record<string, BackgroundPart> {
  const { config, knex } = options;
  const schedule = readDigestSchedule(config);
  if (!schedule) return {};
  return {
    'write the weekly digests': DigestTask.create({
      ...options,
      schedule,
      reader: DigestReader.create({
        ...options,
        entities: EntityStore.of(knex),
      }),
      progress: DigestProgress.of(knex),
    }),
  };
}
