import { GitTreeEntry } from '../git/read';
import { Json, RestRepository } from '../social/types';
import { encodePath } from './formatCommit';

/** A file or folder as `/contents` shows it. */
export function formatContent(
  repository: RestRepository,
  entry: GitTreeEntry,
  ref: string,
): Json {
  const path = encodePath(entry.path);
  const query = encodeURIComponent(ref);
  const type = {
    blob: 'file',
    tree: 'dir',
    symlink: 'symlink',
    commit: 'submodule',
  }[entry.type];
  const self = `${repository.url}/contents/${path}?ref=${query}`;
  const kind = entry.type === 'tree' ? 'tree' : 'blob';
  const git = `${repository.url}/git/${kind}s/${entry.sha}`;
  const html = `${repository.html_url}/${kind}/${ref}/${path}`;
  return {
    name: entry.name,
    path: entry.path,
    sha: entry.sha,
    size: entry.size ?? 0,
    url: self,
    html_url: html,
    git_url: git,
    download_url:
      type === 'file' || type === 'symlink'
        ? `${repository.html_url}/raw/${ref}/${path}`
        : null,
    type,
    _links: { self, git, html },
  };
}
