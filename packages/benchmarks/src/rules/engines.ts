import { celEnv, parse, plan } from '@bufbuild/cel';
import { Environment } from '@marcbachmann/cel-js';
import {
  CompiledRule,
  knownFact,
  RuleCompiler,
  RuleScope,
} from '@waymark/scorecards-common';
import { Engine } from 'json-rules-engine';
import { FACT_SOURCES, Rule, Subject } from './workload';

/**
 * Decides all rules over all subjects; gives 1 or 0 for each pair, subject by subject. The array is the same every time,
 * so that an engine is measured rather than an array that grows.
 */
export type Run = () => Promise<Uint8Array>;

/** An engine, prepared: nothing is parsed or converted while it runs. */
export interface RuleEngine {
  readonly name: string;
  readonly role: 'ours' | 'oursWithProof' | 'celLibrary' | 'jsonRules';
  prepare(rules: readonly Rule[], subjects: readonly Subject[]): Run;
}

/** Decides pair by pair with a synchronous function. */
function decideAll<T>(
  contexts: readonly T[],
  rules: readonly ((context: T) => unknown)[],
): Run {
  const decided = new Uint8Array(contexts.length * rules.length);
  return async () => {
    let index = 0;
    for (const context of contexts) {
      for (const rule of rules) {
        decided[index] = rule(context) === true ? 1 : 0;
        index += 1;
      }
    }
    return decided;
  };
}

function compiledRules(rules: readonly Rule[]): CompiledRule[] {
  const compiler = RuleCompiler.create({ factSources: FACT_SOURCES });
  return rules.map(({ cel }) => {
    const adoption = compiler.compile(cel, { path: cel });
    if (!adoption.ok) throw new Error(adoption.problems[0].reason);
    return adoption.rule;
  });
}

function inputs(subjects: readonly Subject[]) {
  return subjects.map(({ entity, facts }) => ({
    entity,
    facts: Object.fromEntries(
      Object.entries(facts).map(([id, payload]) => [
        id,
        knownFact(payload as Parameters<typeof knownFact>[0], {
          freshUntil: Number.MAX_SAFE_INTEGER,
        }),
      ]),
    ),
    now: 0,
  }));
}

const waymark: RuleEngine = {
  name: 'Waymark',
  role: 'ours',
  prepare(rules, subjects) {
    const compiled = compiledRules(rules);
    const prepared = inputs(subjects);
    const scope = RuleScope.create();
    const decided = new Uint8Array(prepared.length * compiled.length);
    return async () => {
      let index = 0;
      for (const input of prepared) {
        scope.enter(input);
        for (const rule of compiled) {
          decided[index] = rule.test(scope) === true ? 1 : 0;
          index += 1;
        }
      }
      return decided;
    };
  },
};

const waymarkWithProof: RuleEngine = {
  name: 'Waymark with proof',
  role: 'oursWithProof',
  prepare: (rules, subjects) =>
    decideAll(
      inputs(subjects),
      compiledRules(rules).map(
        rule => (input: ReturnType<typeof inputs>[0]) =>
          rule.prove(input).value,
      ),
    ),
};

const celJs: RuleEngine = {
  name: '@marcbachmann/cel-js',
  role: 'celLibrary',
  prepare(rules, subjects) {
    const environment = new Environment({ unlistedVariablesAreDyn: true });
    return decideAll(
      subjects,
      rules.map(({ cel }) => environment.parse(cel)),
    );
  },
};

const bufbuild: RuleEngine = {
  name: '@bufbuild/cel',
  role: 'celLibrary',
  prepare(rules, subjects) {
    const environment = celEnv();
    const planned = rules.map(({ cel }) => plan(environment, parse(cel)));
    const bindings = subjects as unknown as Parameters<
      (typeof planned)[0]
    >[0][];
    return decideAll(bindings, planned);
  },
};

const jsonRulesEngine: RuleEngine = {
  name: 'json-rules-engine',
  role: 'jsonRules',
  prepare(rules, subjects) {
    const engine = new Engine();
    rules.forEach(({ json }, index) =>
      engine.addRule({ conditions: json, event: { type: String(index) } }),
    );
    const decided = new Uint8Array(subjects.length * rules.length);
    return async () => {
      decided.fill(0);
      let first = 0;
      for (const { entity, facts } of subjects) {
        const { events } = await engine.run({ entity, ...facts });
        for (const { type } of events) decided[first + Number(type)] = 1;
        first += rules.length;
      }
      return decided;
    };
  },
};

/** In the order in which they are measured. */
export const ENGINES: readonly RuleEngine[] = [
  waymark,
  waymarkWithProof,
  celJs,
  bufbuild,
  jsonRulesEngine,
];
