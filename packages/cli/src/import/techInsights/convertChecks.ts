import {
  factSourceKind,
  RuleCompiler,
  CompiledScorecard,
  scorecardKind,
} from '@waymark/scorecards-common';
import { ImportProblem, readChecks, TechInsightsCheck } from './checks';
import { ConditionConverter } from './conditions';
import { FactShape } from './FactShape';

/** What the definitions say that the checks do not. */
export interface ImportOptions {
  /** Of the scorecard. */
  name: string;
  /** Of both definitions, such as `group:default/platform`. */
  owner: string;
  /** Id of the fact source. */
  source: string;
}

/** What was taken over, and what was not. */
export interface Import {
  /** A Scorecard and the FactSource that it reads; none where nothing could be taken over. */
  documents: object[];
  /** What has been left out. */
  problems: ImportProblem[];
  /** What has been taken over, but not whole. */
  notes: ImportProblem[];
}

const LEVEL = 'met';

/** `groupOwnerCheck` becomes `group-owner-check`. */
function idOf(id: string): string {
  return id
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 63);
}

function ruleOf(
  check: TechInsightsCheck,
  path: string,
  source: string,
  shape: FactShape,
  problems: ImportProblem[],
): string | undefined {
  if (check.type !== 'json-rules-engine') {
    problems.push({
      path: `${path}.type`,
      reason: `"${check.type}" is another engine than json-rules-engine`,
    });
    return undefined;
  }
  const converter = ConditionConverter.create(source, shape);
  const rule = converter.convert(
    check.rule.conditions,
    `${path}.rule.conditions`,
  );
  problems.push(...converter.problems);
  return converter.problems.length > 0 ? undefined : rule;
}

function definitionOf(check: TechInsightsCheck, rule: string) {
  const { id, name = id, description = name, failureMetadata } = check;
  const link = failureMetadata?.link;
  return {
    id: idOf(id),
    title: name,
    level: LEVEL,
    rule,
    because: description,
    ...(typeof link === 'string' &&
      link.startsWith('https://') && { fix: { docs: link } }),
  };
}

function definitionsOf(
  checks: object[],
  shape: FactShape,
  { name, owner, source }: ImportOptions,
): [scorecard: object, factSource: object] {
  return [
    {
      apiVersion: 'waymark.dev/v1',
      kind: 'Scorecard',
      metadata: { name, title: 'Tech Insights' },
      spec: {
        owner,
        appliesTo: { kind: 'Component' },
        levels: [{ id: LEVEL, title: 'Met' }],
        checks,
      },
    },
    {
      apiVersion: 'waymark.dev/v1',
      kind: 'FactSource',
      metadata: { name: `${name}-facts`, title: 'Tech Insights' },
      spec: {
        id: source,
        owner,
        appliesTo: { kind: 'Component' },
        staleAfter: 'P1D',
        writers: [{ token: 'tech-insights' }],
        schema: shape.objectSchema(),
      },
    },
  ];
}

/** What the portal would say of the definitions. */
function adoptionProblems([scorecard, factSource]: [
  object,
  object,
]): ImportProblem[] {
  const source = factSourceKind.parse(factSource);
  const parsed = scorecardKind.parse(scorecard);
  if (!source.ok || !parsed.ok) {
    return [source, parsed].flatMap(one => (one.ok ? [] : one.problems));
  }
  const adoption = CompiledScorecard.adopt(
    parsed.definition.spec,
    RuleCompiler.create({ factSources: [source.definition.spec] }),
  );
  return adoption.ok ? [] : adoption.problems;
}

/** Converts the checks of Tech Insights that json-rules-engine decides. */
export function convertChecks(text: string, options: ImportOptions): Import {
  const { checks, problems } = readChecks(text);
  const shape = FactShape.create();
  const notes: ImportProblem[] = [];
  const converted = checks.flatMap(({ path, check }) => {
    const own = FactShape.create();
    const rule = ruleOf(check, path, options.source, own, problems);
    if (rule === undefined) return [];
    // Only what is taken over says what facts look like.
    ConditionConverter.create(options.source, shape).convert(
      check.rule.conditions,
      path,
    );
    if (check.filter !== undefined) {
      notes.push({
        path: `${path}.filter`,
        reason:
          'is not taken over: say it with appliesTo of the scorecard, or with when of the check',
      });
    }
    return [definitionOf(check, rule)];
  });
  problems.push(...shape.contradictions('facts'));
  if (converted.length === 0) return { documents: [], problems, notes };
  const documents = definitionsOf(converted, shape, options);
  problems.push(...adoptionProblems(documents));
  return { documents, problems, notes };
}
