import { once } from 'node:events';
import { createServer } from 'node:http';
import { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { workspaceWith } from '../__testUtils__/runAction';
import { commitFolder, pushCommit } from './initialCommit';

describe('the push of an initial commit', () => {
  it('fails, and says where to, when the forge takes the connection and never answers', async () => {
    const silent = createServer(() => {}).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo;
    const workspace = await workspaceWith({ 'files/README.md': '# Quotes\n' });
    try {
      const commit = await commitFolder({
        folder: join(workspace.path, 'files'),
        gitdir: join(workspace.path, 'git'),
        branch: 'main',
        message: 'Start',
        author: { name: 'Waymark', email: 'waymark@acme.example' },
        at: new Date('2026-11-22T10:00:00Z'),
      });
      const url = `http://127.0.0.1:${port}/acme/quotes.git`;
      await expect(
        pushCommit(commit, { url, token: 'the token', timeoutMillis: 300 }),
      ).rejects.toMatchObject({
        name: 'ServiceUnavailableError',
        message: expect.stringContaining(
          `Could not push the initial commit to ${url}`,
        ),
      });
    } finally {
      silent.closeAllConnections();
      silent.close();
      await workspace.remove();
    }
  });
});
