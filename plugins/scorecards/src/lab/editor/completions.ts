import {
  CompletionContext,
  CompletionResult,
  CompletionSource,
} from '@codemirror/autocomplete';
import {
  CompletedFactSource,
  completeRule,
  RuleCompletion,
} from '@waymark/scorecards-common';
import { parseDocument } from 'yaml';
import { expressionBefore } from '../definition/places';

/** The icons of the editor. */
const TYPES: Record<RuleCompletion['kind'], string> = {
  field: 'property',
  function: 'function',
  keyword: 'keyword',
  variable: 'variable',
};

/** Completes what is written of a rule; elsewhere nothing. */
export function ruleCompletions(
  sources: () => readonly CompletedFactSource[],
): CompletionSource {
  return (context: CompletionContext): CompletionResult | null => {
    const { pos, explicit, state } = context;
    const text = state.doc.toString();
    const document = parseDocument(text, { prettyErrors: false });
    const before = expressionBefore(text, document, pos);
    if (before === undefined) return null;
    const found = completeRule(before, before.length, sources());
    if (!found) return null;
    const isBegun = found.from < before.length || /[.?]$/.test(before);
    if (!isBegun && !explicit) return null;
    return {
      from: pos - (before.length - found.from),
      options: found.options.map(({ label, kind, detail, description }) => ({
        label,
        type: TYPES[kind],
        detail,
        info: description,
        // A name of the loop before all functions.
        boost: kind === 'function' ? -1 : 0,
      })),
      validFor: /^\w*$/,
    };
  };
}
