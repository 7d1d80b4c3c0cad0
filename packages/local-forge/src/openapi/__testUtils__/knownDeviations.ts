import { Deviation, describeDeviation } from './GitHubApiValidator';

/** A difference from GitHub's description that is known, and why it may stay. */
export interface KnownDeviation {
  /** Matches the whole line that `describeDeviation` gives. */
  pattern: RegExp;
  because: string;
}

/** Every entry must still be needed: an entry that matches nothing fails the test. */
export const knownDeviations: KnownDeviation[] = [
  {
    pattern: /(company|email|location) must be string$/,
    because:
      'GitHub itself answers null for what an organisation has not filled in, though its description says string.',
  },
  {
    pattern: /\/blog must match format "uri"$/,
    because: 'GitHub itself answers an empty text for a blog that is not set.',
  },
  {
    pattern: /^pulls\/.*\/(type|parent) is missing$/,
    because:
      'The type and the parent of a team are left out where a pull request only names the team.',
  },
  {
    pattern:
      /^actions\/get-environment-public-key query repository_id is unknown/,
    because:
      'Backstage sends the parameter of an older version of this operation; GitHub ignores it, as does the forge.',
  },
  {
    pattern: /^repos\/download-tarball-archive status 200 is not one of 302$/,
    because:
      'GitHub redirects to another host for archives; the forge has no other host and answers at once.',
  },
];

/** Splits deviations into those nobody has justified, and the entries nothing needs any more. */
export function judgeDeviations(deviations: Deviation[]): {
  unknown: string[];
  unneeded: string[];
} {
  const lines = deviations.map(describeDeviation);
  return {
    unknown: lines.filter(
      line => !knownDeviations.some(known => known.pattern.test(line)),
    ),
    unneeded: knownDeviations
      .filter(known => !lines.some(line => known.pattern.test(line)))
      .map(known => String(known.pattern)),
  };
}
