import { PassThrough, Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import { spawnGit } from '../process';

/** The kinds of archive. `tar.gz` is compressed here, because older versions of Git call a `gzip` program for it. */
export type GitArchiveFormat = 'tar' | 'tar.gz' | 'zip';

/** Streams the files of a commit, each path prefixed with `prefix/`. Destroying the stream stops Git. */
export function streamArchive(
  repository: string,
  options: { commit: string; format: GitArchiveFormat; prefix?: string },
): Readable {
  const format = options.format === 'zip' ? 'zip' : 'tar';
  const prefix = options.prefix?.replace(/\/+$/, '');
  const child = spawnGit(repository, [
    'archive',
    `--format=${format}`,
    ...(prefix ? [`--prefix=${prefix}/`] : []),
    options.commit,
  ]);
  child.stdin.on('error', () => {});
  child.stdin.end();
  return streamOf(child, options.format === 'tar.gz');
}

/** Streams the content of a blob. Destroying the stream stops Git. */
export function streamBlob(repository: string, sha: string): Readable {
  const child = spawnGit(repository, ['cat-file', 'blob', sha]);
  child.stdin.on('error', () => {});
  child.stdin.end();
  return streamOf(child, false);
}

function streamOf(
  child: ReturnType<typeof spawnGit>,
  compress: boolean,
): Readable {
  const output = compress ? createGzip() : new PassThrough();
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => {
    stderr = (stderr + chunk.toString('utf8')).slice(-2_000);
  });
  child.on('error', error => output.destroy(error));
  // The output may end only after Git said that it succeeded, or a cut archive would look complete.
  child.stdout.pipe(output, { end: false });
  child.on('close', code => {
    if (code === 0) {
      output.end();
    } else if (!output.destroyed) {
      output.destroy(new Error(`git ended with exit code ${code}: ${stderr}`));
    }
  });
  output.on('close', () => child.kill('SIGKILL'));
  return output;
}
