import {
  HttpAuthService,
  LoggerService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { Clock } from '@waymark/waymark-node';
import express from 'express';
import { Knex } from 'knex';
import { EntityAccess } from '../access/EntityAccess';
import { DefinitionStore } from '../definitions/DefinitionStore';
import { EntityStore } from '../entities/EntityStore';
import { KnowledgeReader } from '../facts/KnowledgeReader';
import { CompiledVersions } from '../reads/CompiledVersions';
import { ReadableEntities } from '../reads/ReadableEntities';
import { ApprovalRules } from './ApprovalRules';
import {
  createExemptionRouter,
  exemptionReadHandlers,
  ExemptionReadHandlers,
} from './createExemptionRouter';
import { DelegateDirectory } from './DelegateDirectory';
import { ExemptionReads } from './ExemptionReads';
import { ExemptionService } from './ExemptionService';
import { ExemptionLedger } from './ExemptionStore';
import { ExemptionTask } from './ExemptionTask';

/** Exemptions over one database: the steps of people over HTTP, and those that the portal takes by itself. */
export function createExemptions(options: {
  knex: Knex;
  clock: Clock;
  logger: LoggerService;
  ledger: ExemptionLedger;
  definitions: DefinitionStore;
  permissions: PermissionsService;
  httpAuth: HttpAuthService;
  /** Called after steps were written, with notices among them perhaps; a hint and no promise. */
  onWritten: () => void;
}): {
  router: express.Router;
  task: ExemptionTask;
  handlers: ExemptionReadHandlers;
} {
  const { knex, permissions } = options;
  const entities = EntityStore.of(knex);
  const access = EntityAccess.create({ permissions });
  const base = {
    ...options,
    access,
    entities,
    readable: ReadableEntities.create({ entities, access }),
    delegates: DelegateDirectory.create({ entities }),
  };
  const task = ExemptionTask.create(options);
  const reads = ExemptionReads.create(base);
  const service = ExemptionService.create({
    ...base,
    reads,
    takeDueSteps: () => task.runOnce(),
    rules: ApprovalRules.create({
      ...base,
      knowledge: KnowledgeReader.of(knex),
      compiled: CompiledVersions.create(),
    }),
  });
  const handlers = exemptionReadHandlers({ reads, service });
  return {
    router: createExemptionRouter({ ...options, handlers, service }),
    task,
    handlers,
  };
}
