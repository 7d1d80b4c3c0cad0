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
    pattern:
      /(followers|following|gists|organizations|received_events|starred|subscriptions|events|repos)_url is missing$|\/gravatar_id is missing$/,
    because:
      'The emulator gives users without the links that only lead to other lists of theirs; no client follows them.',
  },
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
    pattern: /^(orgs\/get|teams\/get-by-name) .*\/archived_at is missing$/,
    because: 'Organisations of the forge cannot be archived.',
  },
  {
    pattern: /^(teams|pulls)\/.*\/(type|parent) is missing$/,
    because:
      'GitHub added the type of a team for enterprise teams, which the forge does not have; the parent is left out where a pull request only names the team.',
  },
  {
    pattern:
      /^teams\/get-by-name response \/(created_at|updated_at|repos_count) is missing$/,
    because: 'The emulator keeps no dates of teams; no client reads them.',
  },
  {
    pattern:
      /^users\/get-by-username response \/(bio|hireable|collaborators|disk_usage|owned_private_repos|private_gists|two_factor_authentication) is missing$/,
    because:
      'Asked for an organisation, the forge answers with the organisation; clients read login and type.',
  },
  {
    pattern:
      /^repos\/get-collaborator-permission-level response \/user\/role_name is missing$/,
    because: 'The role is given beside the user, where clients read it.',
  },
  {
    pattern: /^search\/repos response \/items\/\*\/score is missing$/,
    because: 'The emulator does not rank what it finds.',
  },
  {
    pattern: /^repos\/(get|create-in-org) response \/pushed_at must be string$/,
    because:
      'Nobody has pushed to a new repository: GitHub writes the date of creation there, the forge null.',
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
