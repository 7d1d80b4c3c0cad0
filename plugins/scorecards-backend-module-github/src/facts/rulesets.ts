import { z } from 'zod';

/** What we read of the list of rulesets. */
export const rulesetsSchema = z.array(
  z.object({
    name: z.string(),
    target: z.string().default('branch'),
    enforcement: z.string(),
    source_type: z.string().default('Repository'),
  }),
);

/** A ruleset of a repository, or of the organisation above it. */
export interface RulesetFacts {
  name: string;
  target: string;
  enforcement: string;
  ofRepository: boolean;
}

export function rulesets(
  listed: z.output<typeof rulesetsSchema>,
): RulesetFacts[] {
  return listed.map(({ name, target, enforcement, source_type: source }) => ({
    name,
    target,
    enforcement,
    ofRepository: source === 'Repository',
  }));
}
