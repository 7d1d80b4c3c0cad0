import { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { parseEntityRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import { JsonObject } from '@backstage/types';
import { Operation, parse } from '@waymark/waymark-node';
import { z } from 'zod';
import { ExemptionReadHandlers, exemptionOperations } from '../exemptions';
import { Handler, ReadHandlers } from '../http/handlers';
import { ReadOperations } from '../http/operations';
import { ActionInput, actionInput } from './actionInput';

/** What an assistant has to know besides what the interface says of itself. */
interface ActionWords {
  name: string;
  title: string;
  description: string;
  writes?: boolean;
}

type ActionOperations = ReadOperations &
  Pick<typeof exemptionOperations, keyof ExemptionReadHandlers>;

const ACTIONS = {
  listScorecards: {
    name: 'list-scorecards',
    title: 'List scorecards',
    description:
      'Every scorecard of the firm with its levels and checks: id, rule (CEL), why it is asked for, and how to fix it. Also why a new version was refused.',
  },
  getScorecard: {
    name: 'get-scorecard',
    title: 'Get a scorecard',
    description: 'One scorecard with its levels and checks.',
  },
  listResults: {
    name: 'list-scorecard-results',
    title: 'List the results of a scorecard',
    description:
      'What a scorecard says of each entity: level, points, and the state of each check. Filters are combined by "and"; follow cursor for more.',
  },
  getRollup: {
    name: 'get-scorecard-rollup',
    title: 'Compare teams, systems, domains or types',
    description:
      'How many entities of each owner, system, domain or type have which level, and in which state each check is.',
  },
  getTrend: {
    name: 'get-scorecard-trend',
    title: 'Get the trend of a scorecard',
    description:
      'How many entities had which level, and their mean points, over time: all of them, or those of one owner, system, domain or type. Also when the scorecard itself was changed.',
  },
  listMovers: {
    name: 'list-movers',
    title: 'List what has moved',
    description:
      'Which entities and owners have moved most since an instant, up and down, each with its cause: "definition" is a change of the scorecard and nobody’s work.',
  },
  getScores: {
    name: 'get-entity-scores',
    title: 'Get the scores of an entity',
    description:
      'What every scorecard says of an entity: level, points from 0 to 1, confidence, each check with its state, since when and why. "unknown" is not a failure: it says what is not known.',
  },
  getProof: {
    name: 'get-check-proof',
    title: 'Prove a check',
    description:
      'Why a check passes or fails for an entity: the rule with the value of every part of it, the facts with source and commit, and how to fix it.',
  },
  getHistory: {
    name: 'get-entity-history',
    title: 'Get the history of the results of an entity',
    description: 'What changed in the results of an entity, when and why.',
  },
  getFacts: {
    name: 'get-entity-facts',
    title: 'Get the facts of an entity',
    description:
      'What is known of an entity, source by source, with when and where it was seen.',
  },
  getOutages: {
    name: 'get-entity-outages',
    title: 'Get the outages of an entity',
    description:
      'When sources could not be asked about an entity, and why; what they say of it was unknown then. Newest first.',
  },
  listFactSources: {
    name: 'list-fact-sources',
    title: 'List fact sources',
    description: 'Where facts come from, and the schema of each source.',
  },
  listCollectors: {
    name: 'list-fact-collectors',
    title: 'List fact collectors',
    description: 'How the collectors of facts fare, and what is wrong.',
  },
  listExemptions: {
    name: 'list-exemptions',
    title: 'List exemptions',
    description:
      'Which checks are exempted for which entities, until when, why, who has approved, and what waits for whose approval. Newest first; follow cursor for more.',
  },
  getExemption: {
    name: 'get-exemption',
    title: 'Get an exemption',
    description:
      'One exemption with every step that was taken, and what the caller can do with it.',
  },
  evaluate: {
    name: 'evaluate-entity',
    title: 'Evaluate an entity now',
    description:
      'Has everything about an entity collected and evaluated at once, and gives its scores. Of use after something was fixed.',
    writes: true,
  },
} satisfies Partial<Record<keyof ActionOperations, ActionWords>>;

/**
 * Registers the reads, and the safe writes, as actions: for assistants over MCP, and for steps of templates. They answer
 * what HTTP answers, with the permissions of the caller.
 */
export function registerActions(
  registry: ActionsRegistryService,
  options: {
    operations: ReadOperations;
    handlers: ReadHandlers & ExemptionReadHandlers;
  },
): void {
  const operations: ActionOperations = {
    ...exemptionOperations,
    ...options.operations,
  };
  for (const [key, words] of Object.entries<ActionWords>(ACTIONS)) {
    const name = key as keyof typeof ACTIONS;
    register(
      registry,
      words,
      operations[name] as Operation,
      options.handlers[name] as unknown as Handler<Operation>,
    );
  }
}

function register(
  registry: ActionsRegistryService,
  { name, title, description, writes = false }: ActionWords,
  operation: Operation,
  handler: Handler<Operation>,
): void {
  const input = actionInput(operation);
  registry.register({
    name,
    title,
    description,
    attributes: { readOnly: !writes, destructive: false, idempotent: true },
    schema: { input: input.schema, output: v3 => v3.object({}).passthrough() },
    action: async context => {
      const answer = await handler({
        credentials: context.credentials as Parameters<
          typeof handler
        >[0]['credentials'],
        body: undefined,
        ...callOf(operation, input, context.input),
      });
      return { output: answer as JsonObject };
    },
  });
}

/** @throws InputError naming field and reason, as over HTTP */
function callOf(
  { query = z.strictObject({}) }: Operation,
  { params, takesEntity }: ActionInput,
  given: JsonObject,
) {
  const { entityRef, ...rest } = given;
  const values: Record<string, string> = takesEntity
    ? entityParams(String(entityRef))
    : {};
  for (const param of params) {
    values[param] = String(rest[param]);
    delete rest[param];
  }
  return { params: values, query: parse(query, rest) };
}

function entityParams(entityRef: string): Record<string, string> {
  try {
    return {
      ...parseEntityRef(entityRef, { defaultNamespace: 'default' }),
    };
  } catch {
    throw new InputError(
      `entityRef: "${entityRef}" is not an entity ref (kind:namespace/name)`,
    );
  }
}
