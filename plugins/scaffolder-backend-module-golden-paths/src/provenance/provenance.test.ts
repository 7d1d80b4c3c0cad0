import { chmod, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import { provenanceSchema } from '@waymark/golden-paths-common';
import { ManualClock } from '@waymark/waymark-node/testUtils';
import { parse, parseAllDocuments } from 'yaml';
import { runAction, workspaceWith } from '../__testUtils__/runAction';
import { createProvenanceAction } from '../actions/provenance';
import { contentHash } from './contentHash';
import { publicAnswers } from './publicAnswers';

const action = createProvenanceAction({
  reader: mockServices.urlReader.mock(),
  integrations: ScmIntegrations.fromConfig(new ConfigReader({})),
  clock: ManualClock.at('2026-11-22T10:00:00Z'),
});

const CATALOG_INFO = `# Kept
kind: Component
metadata:
  name: quotes
  annotations:
    a/b: c
---
kind: API
metadata:
  name: quotes
`;

async function record(
  options: {
    version?: string;
    answers?: object;
    files?: Record<string, string>;
  } = {},
) {
  const template = await workspaceWith({
    'template.yaml': 'kind: Template\n',
    'skeleton/README.md': '# x\n',
  });
  const workspace = await workspaceWith(
    options.files ?? { 'catalog-info.yaml': CATALOG_INFO },
  );
  try {
    const result = await runAction(action, {
      workspacePath: workspace.path,
      secrets: { PASSWORD: 'hunter2' },
      input: { answers: (options.answers ?? {}) as {} },
      templateInfo: {
        entityRef: 'template:default/create-http-service',
        baseUrl: pathToFileURL(join(template.path, 'template.yaml')).toString(),
        entity: {
          metadata: {
            name: 'create-http-service',
            annotations: {
              'waymark.dev/template-version': options.version ?? '1.4.0',
            },
          },
        },
      },
    });
    const read = (file: string) =>
      readFile(join(workspace.path, file), 'utf8').catch(() => undefined);
    return {
      ...result,
      hash: await contentHash(template.path),
      file: await read('.waymark/template.yaml'),
      catalog: await read('catalog-info.yaml'),
    };
  } finally {
    await template.remove();
    await workspace.remove();
  }
}

describe('golden-paths:provenance', () => {
  it('records template, version, hash and answers, and annotates every entity', async () => {
    const { output, file, catalog, hash } = await record({
      answers: { name: 'quotes', description: '{{7*7}} $(x) ../../x' },
    });
    expect(provenanceSchema.parse(parse(file!))).toEqual({
      template: {
        ref: 'template:default/create-http-service',
        version: '1.4.0',
        contentHash: hash,
      },
      answers: { name: 'quotes', description: '{{7*7}} $(x) ../../x' },
    });
    expect(output).toEqual({
      templateRef: 'template:default/create-http-service',
      version: '1.4.0',
      contentHash: hash,
      year: '2026',
    });
    const entities = parseAllDocuments(catalog!).map(document =>
      document.toJS(),
    );
    for (const { metadata } of entities) {
      expect(metadata.annotations).toMatchObject({
        'waymark.dev/template': 'template:default/create-http-service',
        'waymark.dev/template-version': '1.4.0',
      });
    }
    expect(entities[0].metadata.annotations['a/b']).toBe('c');
    expect(catalog).toMatch(/^# Kept\n/);
  });

  it('records no secret, under whatever name', async () => {
    const { file } = await record({
      answers: {
        name: 'quotes',
        apiKey: 'abc',
        nested: { databasePassword: 'x', kept: 1 },
        hidden: 'it is hunter2!',
        list: ['fine', 'hunter2'],
      },
    });
    expect(parse(file!).answers).toEqual({
      name: 'quotes',
      nested: { kept: 1 },
      list: ['fine'],
    });
  });

  it('works without a catalog file', async () => {
    const { file } = await record({ files: {} });
    expect(file).toContain('contentHash: sha256:');
  });

  it('insists that the template states a semantic version', async () => {
    await expect(record({ version: 'latest' })).rejects.toThrow(
      /waymark\.dev\/template-version.* is "latest", but must be a semantic version/,
    );
  });
});

describe('the content hash', () => {
  it('changes with any name, content or mode, and with nothing else', async () => {
    const hashOf = async (
      files: Record<string, string>,
      executable?: string,
    ) => {
      const folder = await workspaceWith(files);
      if (executable) {
        await chmod(join(folder.path, executable), 0o755);
      }
      const hash = await contentHash(folder.path);
      await folder.remove();
      return hash;
    };
    const base = await hashOf({ a: '1', 'b/c': '2' });
    expect(await hashOf({ 'b/c': '2', a: '1' })).toBe(base);
    expect(await hashOf({ a: '1', 'b/c': '2', '.git/HEAD': 'x' })).toBe(base);
    const others = await Promise.all([
      hashOf({ a: '1', 'b/d': '2' }),
      hashOf({ a: '1', 'b/c': '3' }),
      hashOf({ a: '1', 'b/c': '2' }, 'a'),
      hashOf({ a: '1' }),
    ]);
    expect(new Set([base, ...others]).size).toBe(5);
  });
});

describe('answers', () => {
  it('leaves out what is excluded by name', () => {
    expect(
      publicAnswers({ a: 1, comment: 'x' }, { exclude: ['comment'] }),
    ).toEqual({ a: 1 });
  });
});
