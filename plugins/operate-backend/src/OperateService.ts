import {
  BackstageCredentials,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { NotFoundError } from '@backstage/errors';
import { ScmIntegrationRegistry } from '@backstage/integration';
import { CatalogService } from '@backstage/plugin-catalog-node';
import {
  OperateAnswer,
  OperatePart,
  OperateProblem,
} from '@waymark/operate-common';
import { Clock } from '@waymark/waymark-node';
import { OperateConfig } from './config';
import { readOwners } from './owners';
import { readLastChanges } from './parts/lastChanges';
import { readDashboards, readSlack } from './parts/links';
import { OnCallNow, readOnCall } from './parts/onCall';
import { PartResult, attempt } from './parts/part';
import { readRunbook } from './parts/runbook';
import { readSlo } from './parts/slo';
import { People, personOf, userRefOf } from './People';
import { Commit, CommitReader } from './sources/CommitReader';
import { FileReader } from './sources/FileReader';

interface OperateServiceOptions {
  catalog: CatalogService;
  clock: Clock;
  logger: LoggerService;
  integrations: ScmIntegrationRegistry;
  files: FileReader;
  commits: CommitReader;
  config: OperateConfig;
}

/** Gathers what an incident needs to know of one entity. */
export class OperateService {
  readonly #options: OperateServiceOptions;

  static create(options: OperateServiceOptions): OperateService {
    return new OperateService(options);
  }

  private constructor(options: OperateServiceOptions) {
    this.#options = options;
  }

  /**
   * @param entityRef - full reference of the entity
   * @param credentials - the caller's; the catalog decides with them what may be read
   * @throws NotFoundError when there is no such entity, or the caller may not read it
   */
  async describe(
    entityRef: string,
    credentials: BackstageCredentials,
  ): Promise<OperateAnswer> {
    const { catalog, clock, logger, files, commits, integrations, config } =
      this.#options;
    const entity = await catalog.getEntityByRef(entityRef, { credentials });
    if (!entity) {
      throw new NotFoundError(`There is no entity ${entityRef}`);
    }
    const now = clock.now();
    const owners = await readOwners(entity, catalog, credentials);
    const part = <T>(
      name: OperatePart,
      load: () => Promise<PartResult<T>>,
    ): Promise<PartResult<T>> =>
      attempt({ part: name, entityRef, logger }, load);

    const [onCall, runbook, slo, dashboards, slack, lastChanges] =
      await Promise.all([
        part('onCall', () =>
          readOnCall({ entity, owners, now, files, integrations }),
        ),
        part('runbook', () => readRunbook({ entity, files, integrations })),
        part('slo', () => readSlo({ entity, files, integrations })),
        part('dashboards', () => readDashboards({ entity, integrations })),
        part('slack', () => readSlack({ entity, owners, config })),
        part('lastChanges', () =>
          readLastChanges({ entity, commits, integrations }),
        ),
      ]);

    const people = await People.load({
      refs: mentionedRefs(onCall.value, lastChanges.value),
      catalog,
      credentials,
    });

    return {
      entityRef: stringifyEntityRef(entity),
      now: now.toISOString(),
      owner: owners[0] && personOf(owners[0]),
      onCall: onCall.value && presentOnCall(onCall.value, people),
      runbook: runbook.value,
      slo: slo.value,
      dashboards: dashboards.value ?? [],
      slack: slack.value && {
        ...slack.value,
        inheritedFrom: nameOf(slack.value.inheritedFrom),
      },
      lastChanges: (lastChanges.value ?? []).map(commit =>
        presentCommit(commit, people),
      ),
      problems: [
        ...onCall.problems,
        ...strangers(onCall.value, people),
        ...runbook.problems,
        ...slo.problems,
        ...dashboards.problems,
        ...slack.problems,
        ...lastChanges.problems,
      ],
    };
  }
}

function mentionedRefs(onCall?: OnCallNow, commits?: Commit[]): string[] {
  return [
    ...(onCall?.shifts ?? []).flatMap(shift => [
      shift.member,
      ...(shift.next ? [shift.next] : []),
    ]),
    ...(onCall?.escalation ? [onCall.escalation.to] : []),
    ...(commits ?? []).flatMap(commit =>
      commit.authorLogin ? [userRefOf(commit.authorLogin)] : [],
    ),
  ];
}

function presentOnCall(
  onCall: OnCallNow,
  people: People,
): OperateAnswer['onCall'] {
  return {
    shifts: onCall.shifts.map(shift => ({
      layer: shift.layer,
      person: people.person(shift.member),
      until: shift.until?.toISOString(),
      next: shift.next === undefined ? undefined : people.person(shift.next),
      override: shift.override,
    })),
    timeZone: onCall.timeZone,
    title: onCall.title,
    escalation: onCall.escalation && {
      after: onCall.escalation.after,
      to: people.person(onCall.escalation.to),
    },
    source: onCall.source,
    inheritedFrom: nameOf(onCall.inheritedFrom),
  };
}

function presentCommit(
  commit: Commit,
  people: People,
): OperateAnswer['lastChanges'][number] {
  return {
    sha: commit.sha,
    message: commit.message,
    author: people.author(commit.authorName, commit.authorLogin),
    at: commit.at,
    url: commit.url,
  };
}

/** Somebody on call whom the catalog does not know cannot be reached from the card. */
function strangers(
  onCall: OnCallNow | undefined,
  people: People,
): OperateProblem[] {
  return (onCall?.shifts ?? [])
    .filter(shift => !people.has(shift.member))
    .map(shift => ({
      part: 'onCall',
      severity: 'error',
      reason: `${shift.member} is on call (${shift.layer}) but is not in the catalog.`,
      fix: `Correct the name in ${onCall!.source.title}.`,
    }));
}

function nameOf(entity: Entity | undefined): string | undefined {
  return entity && personOf(entity).name;
}
