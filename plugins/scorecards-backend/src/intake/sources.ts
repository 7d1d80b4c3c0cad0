import { filterPredicateToFilterFunction } from '@backstage/filter-predicates';
import { JsonObject } from '@backstage/types';
import {
  compileFactSchema,
  FactProblem,
  FactSourceSpec,
} from '@waymark/scorecards-common';
import { freshness } from '../facts/freshness';

/** A version of a fact source that was adopted. */
export interface AdoptedFactSource {
  /** Number of the version in this database. */
  id: number;
  /** `metadata.name` */
  name: string;
  spec: FactSourceSpec;
}

/** Where the definitions in force are. */
export interface FactSourceDefinitions {
  inForce(): Promise<{ factSources: AdoptedFactSource[] }>;
}

/** A fact source, ready to check facts. */
export interface CompiledFactSource {
  name: string;
  spec: FactSourceSpec;
  /** From when a fact was observed to the first instant at which it is stale, both in ms since 1970. */
  freshUntil(observedAt: number): number;
  /** @param entity - as the catalog describes it */
  appliesTo(entity: object): boolean;
  problemOf(payload: JsonObject): FactProblem | undefined;
}

/** The fact sources in force. Each version is compiled once. */
export class CompiledFactSources {
  readonly #definitions: FactSourceDefinitions;
  #compiled = new Map<number, CompiledFactSource>();

  static create(definitions: FactSourceDefinitions): CompiledFactSources {
    return new CompiledFactSources(definitions);
  }

  private constructor(definitions: FactSourceDefinitions) {
    this.#definitions = definitions;
  }

  /** By the id that facts and rules use. */
  async byId(): Promise<Map<string, CompiledFactSource>> {
    const { factSources } = await this.#definitions.inForce();
    // Made anew from what is in force, so that versions that are not leave nothing behind.
    this.#compiled = new Map(
      factSources.map(adopted => [
        adopted.id,
        this.#compiled.get(adopted.id) ?? compile(adopted),
      ]),
    );
    return new Map(
      [...this.#compiled.values()].map(source => [source.spec.id, source]),
    );
  }
}

function compile({ name, spec }: AdoptedFactSource): CompiledFactSource {
  return {
    name,
    spec,
    freshUntil: freshness(spec.staleAfter),
    appliesTo: filterPredicateToFilterFunction<object>(spec.appliesTo),
    problemOf: compileFactSchema(spec.schema as JsonObject),
  };
}
