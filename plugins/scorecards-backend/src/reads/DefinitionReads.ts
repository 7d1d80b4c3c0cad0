import {
  DefinitionStatus,
  FactSourceList,
  ScorecardList,
} from '@waymark/scorecards-common';
import { DefinitionStore } from '../definitions/DefinitionStore';
import { Adopted, DefinitionKindName, Refusal } from '../definitions/tables';

/** A definition as the catalog has it: a version that is applied, a newest one that is refused, or both. */
interface Standing<K extends DefinitionKindName> {
  adopted?: Adopted<K>;
  refusal?: Refusal;
}

/** The definitions, adopted or refused, as they are shown. */
export class DefinitionReads {
  readonly #definitions: DefinitionStore;

  static create(options: { definitions: DefinitionStore }): DefinitionReads {
    return new DefinitionReads(options.definitions);
  }

  private constructor(definitions: DefinitionStore) {
    this.#definitions = definitions;
  }

  /** In the order of their refs. */
  async scorecards(): Promise<ScorecardList['items']> {
    const { scorecards } = await this.#definitions.inForce();
    return (await this.#standings('Scorecard', scorecards)).map(standing => ({
      name: identityOf(standing).name,
      spec: standing.adopted?.spec ?? null,
      ...wordsOf(standing),
      ...statusOf(standing),
    }));
  }

  /** In the order of their refs. */
  async factSources(): Promise<FactSourceList['items']> {
    const { factSources } = await this.#definitions.inForce();
    return (await this.#standings('FactSource', factSources)).map(standing => ({
      id: standing.adopted?.spec.id ?? identityOf(standing).name,
      spec: standing.adopted?.spec ?? null,
      ...wordsOf(standing),
      ...statusOf(standing),
    }));
  }

  async #standings<K extends DefinitionKindName>(
    kind: K,
    inForce: readonly Adopted<K>[],
  ): Promise<Standing<K>[]> {
    const standings = new Map<string, Standing<K>>(
      inForce.map(adopted => [adopted.ref, { adopted }]),
    );
    for (const refusal of await this.#definitions.refusals()) {
      if (refusal.kind === kind) {
        standings.set(refusal.ref, {
          ...standings.get(refusal.ref),
          refusal,
        });
      }
    }
    return [...standings.keys()].sort().map(ref => standings.get(ref)!);
  }
}

function identityOf<K extends DefinitionKindName>({
  adopted,
  refusal,
}: Standing<K>) {
  return (adopted ?? refusal)!;
}

function wordsOf<K extends DefinitionKindName>(standing: Standing<K>) {
  const { title, description } = identityOf(standing);
  return { title, ...(description !== undefined && { description }) };
}

function statusOf<K extends DefinitionKindName>(
  standing: Standing<K>,
): DefinitionStatus {
  const { adopted, refusal } = standing;
  return {
    ref: identityOf(standing).ref,
    status: refusal ? 'rejected' : 'adopted',
    problems: refusal?.problems ?? [],
    ...(refusal?.location !== undefined && { location: refusal.location }),
    inForce: adopted
      ? { hash: adopted.hash, since: adopted.validFrom.toISOString() }
      : null,
    ...(adopted?.goneSince && {
      goneSince: adopted.goneSince.toISOString(),
    }),
  };
}
