import { KubernetesValidatorFunctions } from '@backstage/catalog-model';
import {
  checkCelSyntax,
  CompiledScorecard,
  RuleCompiler,
  scorecardKind,
  ScorecardSpec,
} from '@waymark/scorecards-common';
import { parseDocument } from 'yaml';
import { LabDefinition } from '../api/LabApi';
import { Place, placeInExpression, placeOf, textAt } from './places';

/** What is wrong with a definition, and where in the text. */
export interface TextProblem extends Place {
  /** Such as `spec.checks[0].rule`; empty for the whole. */
  path: string;
  reason: string;
}

/** A text, as far as it is a scorecard. */
export interface ReadDefinition {
  /** Everything that would refuse it. */
  problems: TextProblem[];
  /** Only of a text without problems. */
  definition?: LabDefinition;
  spec?: ScorecardSpec;
}

const EXPRESSION = /\.(rule|when|warn)$|\.with[.[]/;
const MISSING_NAME =
  'must be letters and digits, with single -, _ or . between them, at most 63';

/** Reads a scorecard as the engine would read it. */
export function readDefinition(
  text: string,
  compiler: RuleCompiler,
): ReadDefinition {
  const document = parseDocument(text, { prettyErrors: false });
  if (document.errors.length > 0) {
    return {
      problems: document.errors.map(({ message, pos: [from, to] }) => ({
        path: '',
        reason: message,
        from,
        to: Math.max(to, from + 1),
      })),
    };
  }
  const content: unknown = document.toJS();
  const at = (problem: { path: string; reason: string }): TextProblem => {
    const { path } = problem;
    const expression = EXPRESSION.test(path)
      ? textAt(document, path)
      : undefined;
    const syntax =
      expression === undefined ? undefined : checkCelSyntax(expression);
    return syntax
      ? {
          path,
          reason: syntax.reason,
          ...placeInExpression(text, document, { path, ...syntax }),
        }
      : { ...problem, ...placeOf(text, document, path) };
  };
  const parsed = scorecardKind.parse(content);
  if (!parsed.ok) return { problems: parsed.problems.map(at) };
  const { metadata, spec } = parsed.definition;
  if (!KubernetesValidatorFunctions.isValidObjectName(metadata.name)) {
    return { problems: [at({ path: 'metadata.name', reason: MISSING_NAME })] };
  }
  const adoption = CompiledScorecard.adopt(spec, compiler);
  if (!adoption.ok) {
    return {
      problems: adoption.problems.map(problem => ({
        path: problem.path,
        reason: problem.reason,
        ...placeInExpression(text, document, problem),
      })),
    };
  }
  return { problems: [], definition: content as LabDefinition, spec };
}
