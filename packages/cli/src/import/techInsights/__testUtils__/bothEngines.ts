import { JsonObject } from '@backstage/types';
import {
  factSourceKind,
  knownFact,
  RuleCompiler,
  RuleScope,
  scorecardKind,
} from '@waymark/scorecards-common';
import fc from 'fast-check';
import { Engine, TopLevelCondition } from 'json-rules-engine';

/** What json-rules-engine itself says. */
export async function decideByJsonRules(
  conditions: unknown,
  facts: JsonObject,
): Promise<boolean> {
  const engine = new Engine();
  engine.addRule({
    conditions: conditions as TopLevelCondition,
    event: { type: 'met' },
  });
  const { events } = await engine.run(facts);
  return events.length === 1;
}

const TEXTS = ['', 'a', 'b', "it's", 'high', '10'];
const SCALARS: Record<string, fc.Arbitrary<unknown>> = {
  boolean: fc.boolean(),
  number: fc.oneof(
    fc.integer({ min: -3, max: 12 }),
    fc.constantFrom(0.5, 1e21, -0.25),
  ),
  string: fc.constantFrom(...TEXTS),
  null: fc.constant(null),
};

function valueOf(schema: JsonObject): fc.Arbitrary<unknown> {
  const types = [
    schema.type ?? ['boolean', 'number', 'string', 'null'],
  ].flat() as string[];
  return fc.oneof(
    ...types.map(type => {
      if (type === 'array') {
        return fc.array(valueOf(schema.items as JsonObject), { maxLength: 4 });
      }
      return type === 'object'
        ? fc.record(
            Object.fromEntries(
              Object.entries(schema.properties as JsonObject).map(
                ([name, property]) => [name, valueOf(property as JsonObject)],
              ),
            ),
          )
        : SCALARS[type];
    }),
  );
}

/** Facts that adhere to a schema of an import. */
function factsOf(schema: JsonObject): fc.Arbitrary<JsonObject> {
  return valueOf({ ...schema, type: 'object' }) as fc.Arbitrary<JsonObject>;
}

/** Decides the checks of an import as the portal does: by id, true, false or unknown. */
export function openImport(documents: object[]) {
  const scorecard = scorecardKind.parse(documents[0]);
  const source = factSourceKind.parse(documents[1]);
  if (!scorecard.ok || !source.ok) {
    throw new Error(JSON.stringify([scorecard, source]));
  }
  const { id, schema } = source.definition.spec;
  const compiler = RuleCompiler.create({
    factSources: [source.definition.spec],
  });
  const rules = scorecard.definition.spec.checks.map(check => {
    const adoption = compiler.compile(check.rule, { path: check.id });
    if (!adoption.ok) throw new Error(JSON.stringify(adoption.problems));
    return { id: check.id, rule: adoption.rule };
  });
  const decide = (facts: JsonObject) => {
    const scope = RuleScope.create();
    scope.enter({ entity: {}, facts: { [id]: knownFact(facts) }, now: 0 });
    return Object.fromEntries(
      rules.map(({ id: check, rule }) => [check, rule.test(scope)]),
    );
  };
  return { decide, facts: factsOf(schema as JsonObject) };
}
