import { JsonValue } from '@backstage/types';
import { parse } from 'yaml';
import { z } from 'zod';

/** What stands in the way of taking something over, and where. */
export interface ImportProblem {
  /** Such as `checks.titleCheck.rule.conditions.all[0].operator`. */
  path: string;
  reason: string;
}

const checkSchema = z.looseObject({
  id: z.string().optional(),
  type: z.string(),
  name: z.string().optional(),
  description: z.string().optional(),
  factIds: z.array(z.string()).default([]),
  filter: z.unknown().optional(),
  rule: z.looseObject({ conditions: z.json() }),
  failureMetadata: z.looseObject({ link: z.unknown() }).optional(),
});

/** A check of Tech Insights. */
export type TechInsightsCheck = z.output<typeof checkSchema> & { id: string };

/** Below the configuration of Tech Insights, below `checks`, or the checks themselves. */
function checksIn(document: unknown): [path: string, checks: unknown] {
  const inside = (value: unknown, key: string) =>
    typeof value === 'object' && value !== null && key in value
      ? (value as Record<string, unknown>)[key]
      : undefined;
  const configured = inside(
    inside(inside(document, 'techInsights'), 'factChecker'),
    'checks',
  );
  if (configured !== undefined) {
    return ['techInsights.factChecker.checks', configured];
  }
  const named = inside(document, 'checks');
  return named === undefined ? ['', document] : ['checks', named];
}

/**
 * Reads checks from the text of an `app-config.yaml`, or of a YAML or JSON file that holds a list of checks or a map of
 * checks by id.
 */
export function readChecks(text: string): {
  checks: { path: string; check: TechInsightsCheck }[];
  problems: ImportProblem[];
} {
  let document: unknown;
  try {
    document = parse(text, { maxAliasCount: 100 });
  } catch (error) {
    const [reason] = (error as Error).message.split('\n');
    return { checks: [], problems: [{ path: '', reason }] };
  }
  const [root, found] = checksIn(document);
  if (typeof found !== 'object' || found === null) {
    const reason = 'holds no checks: neither a list nor a map of them';
    return { checks: [], problems: [{ path: root, reason }] };
  }
  const problems: ImportProblem[] = [];
  const checks = Object.entries(found).flatMap(([key, value]) => {
    const isList = Array.isArray(found);
    const path = isList
      ? `${root}[${key}]`
      : [root, key].filter(Boolean).join('.');
    const parsed = checkSchema.safeParse(value);
    const id = parsed.data?.id ?? (isList ? undefined : key);
    if (parsed.success && id !== undefined) {
      return [{ path, check: { ...parsed.data, id } }];
    }
    const issues = parsed.error?.issues ?? [
      { path: ['id'], message: 'is missing: a list of checks needs ids' },
    ];
    for (const issue of issues) {
      problems.push({
        path: [path, ...issue.path].join('.'),
        reason: issue.message,
      });
    }
    return [];
  });
  return { checks, problems };
}

/** A condition that compares a fact. */
export interface FactCondition {
  fact: string;
  operator: string;
  value: JsonValue;
  path?: JsonValue;
  params?: JsonValue;
}
