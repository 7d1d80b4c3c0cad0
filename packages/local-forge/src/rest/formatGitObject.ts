import { GitTreeEntry } from '../git/read';
import { Json, RestRepository } from '../social/types';
import { nodeId } from './formatCommit';

/** A tree as GitHub's Git database shows it. */
export function formatTree(
  repository: RestRepository,
  sha: string,
  entries: readonly GitTreeEntry[],
): Json {
  return {
    sha,
    url: `${repository.url}/git/trees/${sha}`,
    tree: [...entries]
      .sort((a, b) => (a.path < b.path ? -1 : 1))
      .map(entry => {
        const type = entry.type === 'symlink' ? 'blob' : entry.type;
        return {
          path: entry.path,
          mode: entry.mode,
          type,
          sha: entry.sha,
          ...(entry.size === undefined ? {} : { size: entry.size }),
          ...(type === 'commit'
            ? {}
            : { url: `${repository.url}/git/${type}s/${entry.sha}` }),
        };
      }),
    truncated: false,
  };
}

/** A tag object, from the text that Git keeps of it. */
export function formatTag(
  repository: RestRepository,
  sha: string,
  text: string,
): Json {
  const [head, ...message] = text.split('\n\n');
  const field = (name: string) =>
    new RegExp(`^${name} (.*)$`, 'm').exec(head)?.[1] ?? '';
  const tagger = /^(.*) <(.*)> (\d+)/.exec(field('tagger'));
  const type = field('type');
  const object = field('object');
  return {
    node_id: nodeId('Tag', sha),
    sha,
    url: `${repository.url}/git/tags/${sha}`,
    tag: field('tag'),
    message: message.join('\n\n'),
    tagger: tagger
      ? {
          name: tagger[1],
          email: tagger[2],
          date: new Date(Number(tagger[3]) * 1000)
            .toISOString()
            .replace('.000', ''),
        }
      : null,
    object: {
      sha: object,
      type,
      url: `${repository.url}/git/${type}s/${object}`,
    },
    verification: {
      verified: false,
      reason: 'unsigned',
      signature: null,
      payload: null,
      verified_at: null,
    },
  };
}
