import { ScorecardSpec } from '@waymark/scorecards-common';
import { DefinitionProblem } from './tables';

/**
 * Groups that a scorecard has approve its exemptions, and that decide nothing: its exemptions would wait for ever.
 *
 * @param auditors - refs of the groups whose members only look
 */
export function powerlessApprovers(
  { owner, exemptions }: ScorecardSpec,
  auditors: ReadonlySet<string>,
): DefinitionProblem[] {
  const approvers = [
    { path: 'spec.owner', group: owner },
    ...exemptions.also.map(({ group }, index) => ({
      path: `spec.exemptions.also[${index}].group`,
      group,
    })),
  ];
  return approvers
    .filter(({ group }) => auditors.has(group))
    .map(({ path, group }) => ({
      path,
      reason: `${group} audits, and decides nothing: no exemption could ever be approved`,
    }));
}
