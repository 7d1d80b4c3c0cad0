import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { BareRepositories } from '../git/BareRepositories';
import { GitReader } from '../git/read';
import { languagesAt } from './languages';
import { RestRepository } from './types';

/** What a repository's record takes from Git. */
export interface GitFacts {
  head: string | undefined;
  language: string | null;
  /** KiB */
  size: number;
  committedAt: string | null;
}

/** What Git says of repositories, kept while their default branch stays. */
export class RepositoryFacts {
  readonly #bare: BareRepositories;
  readonly #known = new Map<string, { stamp: string; facts: GitFacts }>();

  constructor(bare: BareRepositories) {
    this.#bare = bare;
  }

  /** What Git says of the default branch; asked again when a ref file changed. */
  async of(record: RestRepository): Promise<GitFacts> {
    const directory = this.#bare.directory(record.owner.login, record.name);
    const stamp = await refStamp(directory, record.default_branch);
    const known = this.#known.get(record.full_name);
    if (known?.stamp === stamp) {
      return known.facts;
    }
    const reader = await GitReader.open(directory);
    const head = await reader.resolve(`refs/heads/${record.default_branch}`);
    const languages = head ? await languagesAt(reader, head) : {};
    const bytes = Object.values(languages).reduce((sum, n) => sum + n, 0);
    const facts: GitFacts = {
      head,
      language: Object.keys(languages)[0] ?? null,
      size: head ? Math.max(1, Math.ceil(bytes / 1024)) : 0,
      committedAt: head ? (await reader.commit(head)).committer.date : null,
    };
    this.#known.set(record.full_name, { stamp, facts });
    return facts;
  }
}

/** Changes whenever the branch may have moved, by whatever program. */
async function refStamp(directory: string, branch: string): Promise<string> {
  const stamps = await Promise.all(
    [join('refs', 'heads', branch), 'packed-refs', 'HEAD'].map(async name => {
      const info = await stat(join(directory, name), { bigint: true }).catch(
        () => undefined,
      );
      return info ? `${info.mtimeNs}:${info.ino}` : '';
    }),
  );
  return [directory, branch, ...stamps].join('|');
}
