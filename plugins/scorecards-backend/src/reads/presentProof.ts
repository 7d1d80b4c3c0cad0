import {
  CheckProof,
  CompiledCheck,
  proveCheck,
  RuleInput,
} from '@waymark/scorecards-common';

/** What is known of a check before it is proved. */
export type Proved = Pick<
  CheckProof,
  'entityRef' | 'scorecard' | 'definition' | 'asOf' | 'pending' | 'result'
>;

/** Evaluates a check again with recording, as it is shown. */
export function presentProof(
  check: CompiledCheck,
  input: RuleInput,
  proved: Proved,
): CheckProof {
  const { because, fix } = check.definition;
  const { fixWith, facts, ...expressions } = proveCheck(check, input);
  return {
    ...proved,
    because,
    ...expressions,
    facts: [...facts],
    ...(fix && {
      fix: {
        ...fix,
        ...(fix.with && { with: fixWith as Record<string, never> }),
      },
    }),
  };
}
