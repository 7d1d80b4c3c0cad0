import { AuthService } from '@backstage/backend-plugin-api';
import {
  CollectContext,
  CollectedEntity,
  CollectorPartition,
  FactCollector,
} from '@waymark/scorecards-node';
import { CatalogProblem } from '@waymark/waymark-common';
import { CatalogProblemsService } from '@waymark/waymark-node';
import { Knex } from 'knex';
import { createHash } from 'node:crypto';
import { describeEntity } from './describeEntity';
import { KnownEntities } from './KnownEntities';

/** So many that replicas share the work, and so few that a pass costs little. */
const PARTITIONS = 64;

type Options = {
  knex: Knex;
  auth: Pick<AuthService, 'getOwnServiceCredentials'>;
  problems: CatalogProblemsService;
};

/**
 * Collects the facts of the source `catalog`: what entities say of themselves, and whether it is true. It reads the
 * entities as they are tracked here; what the catalog fails to process is the only thing that it asks for.
 */
export class CatalogCollector implements FactCollector {
  readonly id = 'catalog';
  readonly sources = ['catalog'];
  readonly #auth: Options['auth'];
  readonly #problems: CatalogProblemsService;
  readonly #known: KnownEntities;

  static create(options: Options): CatalogCollector {
    return new CatalogCollector(options);
  }

  private constructor({ knex, auth, problems }: Options) {
    this.#auth = auth;
    this.#problems = problems;
    this.#known = KnownEntities.of(knex);
  }

  partitionOf({ ref }: CollectedEntity): CollectorPartition {
    const [byte] = createHash('sha256').update(ref).digest();
    return { key: `${byte % PARTITIONS}` };
  }

  async collect(context: CollectContext): Promise<void> {
    const { entities, hosts, signal, report, fail } = context;
    const problems = problemsByRef(
      await hosts.run(
        'catalog',
        async () =>
          this.#problems.list({
            credentials: await this.#auth.getOwnServiceCredentials(),
          }),
        signal,
      ),
    );
    const org = await this.#known.org();
    const refs = entities.flatMap(
      ({ entity }) => entity.relations?.map(({ targetRef }) => targetRef) ?? [],
    );
    const present = await this.#known.among(refs);
    for (const entity of entities) {
      try {
        const { ref, owner } = entity;
        const fact = describeEntity(entity, {
          owner: owner === undefined ? undefined : org.standingOf(owner),
          has: target => present.has(target),
          problems: problems.get(ref) ?? [],
        });
        report(ref, fact);
      } catch (error) {
        fail(entity.ref, error);
      }
    }
  }
}

/** A broken file is a problem of every entity that it describes. */
function problemsByRef(
  problems: CatalogProblem[],
): Map<string, CatalogProblem[]> {
  const byRef = new Map<string, CatalogProblem[]>();
  for (const problem of problems) {
    const refs = new Set([
      problem.entityRef,
      ...problem.affected.map(({ entityRef }) => entityRef),
    ]);
    for (const ref of refs) {
      byRef.set(ref, [...(byRef.get(ref) ?? []), problem]);
    }
  }
  return byRef;
}
