import {
  createMockDirectory,
  MockDirectoryContent,
  mockServices,
} from '@backstage/backend-test-utils';
import { GeneratorRunOptions } from '@backstage/plugin-techdocs-node';
import { ManualClock } from '@waymark/waymark-node/testUtils';
import { readFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { BuiltinTechdocsGenerator } from './BuiltinTechdocsGenerator';

const directory = createMockDirectory();
const input = directory.resolve('in');
const output = directory.resolve('out');

/** Builds a tree of files as the docs builder of Backstage would, and answers with the log lines. */
async function build(files: MockDirectoryContent): Promise<string[]> {
  directory.setContent({ in: files, out: {}, 'secret.md': '# Secret' });
  return run();
}

async function run(): Promise<string[]> {
  const lines: string[] = [];
  const logger = {
    warn: (line: string) => lines.push(line),
    info: () => {},
  } as unknown as GeneratorRunOptions['logger'];
  await BuiltinTechdocsGenerator.create({
    config: mockServices.rootConfig(),
    logger: mockServices.logger.mock(),
    clock: ManualClock.at('2026-11-22T09:00:00Z'),
  }).run({
    inputDir: input,
    outputDir: output,
    etag: 'abc123',
    logger,
    siteOptions: { name: 'Checkout API' },
  });
  return lines;
}

const written = (path: string) => readFile(join(output, path), 'utf8');
const json = async (path: string) => JSON.parse(await written(path));
const page = (markdown: string) => ({ docs: { 'index.md': markdown } });

describe('the built-in TechDocs generator', () => {
  it('writes the files that MkDocs writes', async () => {
    const lines = await build({
      'mkdocs.yml':
        'site_name: Checkout\nsite_description: All about it\nnav:\n  - Overview: index.md\n  - Guides:\n      - guide/set up.md\n      - Forge: https://forge.example/\n      - gone.md\nmarkdown_extensions:\n  - pymdownx.emoji:\n      emoji_index: !!python/name:materialx.emoji.twemoji\n',
      docs: {
        'index.md':
          '# Welcome\n\nSee [setup](guide/set%20up.md#first-step), [diagram](images/a.png) and [code](../src/a.ts).',
        guide: {
          'set up.md':
            '---\ntitle: Set it up\n---\nText\n\n## First step\n\nBack [home](../index.md)\n\n![a](../images/a.png)',
        },
        images: { 'a.png': Buffer.from('png') },
        '.hidden': 'no',
      },
    });

    const metadata = await json('techdocs_metadata.json');
    expect(metadata).toEqual({
      site_name: 'Checkout',
      site_description: 'All about it',
      build_timestamp: Date.parse('2026-11-22T09:00:00Z'),
      etag: 'abc123',
      files: [
        expect.stringMatching(
          /^assets\/stylesheets\/main\.[a-f0-9]{8}\.min\.css$/,
        ),
        'guide/set up/index.html',
        'images/a.png',
        'index.html',
        'search/search_index.json',
      ],
    });
    expect(await written('images/a.png')).toBe('png');
    expect(lines).toEqual([expect.stringContaining('"gone.md"')]);

    const home = await written('index.html');
    expect(home).toContain(`href="${metadata.files[0]}"`);
    expect(home).toContain('href="guide/set%20up/#first-step"');
    expect(home).toContain('href="images/a.png" download=""');
    expect(home).toContain('href="../src/a.ts"');
    expect(home).toContain(
      'aria-current="page"><span class="md-ellipsis">Overview<',
    );
    expect(home).toContain('<span class="md-ellipsis">Guides</span>');
    expect(home).toContain('href="https://forge.example/"');

    const guide = await written('guide/set up/index.html');
    expect(guide).toContain('<h1>Set it up</h1>');
    expect(guide).toContain('href="../../">home</a>');
    expect(guide).toContain('src="../../images/a.png"');
    expect(guide).toContain(`href="../../${metadata.files[0]}"`);
    expect(guide).toContain('<a href="#first-step" class="md-nav__link">');
    expect(guide).toContain('rel="prev" href="../../"');
  });

  it('builds the search index by page and section, with escaped text', async () => {
    await build(
      page(
        '# Welcome\n\nIntro\nline\n\n## A & B\n\n`a < b`\n\n## A & B\n\n- [x] done',
      ),
    );
    expect((await json('search/search_index.json')).docs).toEqual([
      { location: '', title: 'Welcome', text: 'Intro line' },
      { location: '#a-b', title: 'A &amp; B', text: 'a &lt; b' },
      { location: '#a-b_1', title: 'A &amp; B', text: 'done' },
    ]);
  });

  it('names the site and orders the pages by itself without mkdocs.yml', async () => {
    await build({
      docs: {
        'README.md': '# Home',
        'a-first_page.md': 'text',
        'run-books': { 'b.md': '# Beta', 'index.md': '# All' },
      },
    });
    expect((await json('techdocs_metadata.json')).site_name).toBe(
      'Checkout API',
    );
    const labels = [
      ...(await written('index.html')).matchAll(
        /md-ellipsis">([^<]*)<\/span>/g,
      ),
    ].map(([, label]) => label);
    expect(labels).toEqual([
      'Home',
      'A first page',
      'Run books',
      'All',
      'Beta',
    ]);
    expect(await written('run-books/index.html')).toContain('id="all"');
  });

  it('renders admonitions, task lists, tables and code', async () => {
    await build(
      page(
        [
          '# Page',
          '!!! warning "Mind *this*"',
          '    First\n\n    - a list\n\n        ```sh\n        npm start\n        ```',
          'Outside',
          '',
          '??? note\n    Folded',
          '',
          '- [ ] open\n- [x] closed',
          '',
          '| a | b |\n|---|---|\n| 1 | 2 |',
          '',
          '```json\n{"a": 1}\n```',
        ].join('\n'),
      ),
    );
    const html = (await written('index.html')).replace(/\n/g, '');
    expect(html).toContain(
      '<div class="admonition warning"><p class="admonition-title">Mind <em>this</em></p><p>First</p><ul><li><p>a list</p><div class="highlight">',
    );
    expect(html).toMatch(
      /npm start<\/code><\/pre><\/div><\/li><\/ul><\/div><p>Outside/,
    );
    expect(html).toContain(
      '<details class="note"><summary>Note</summary><p>Folded</p></details>',
    );
    expect(html).toContain(
      '<input type="checkbox" disabled="" aria-label="Done" checked="">closed',
    );
    expect(html).toContain('<td>2</td>');
    expect(html).toContain('<span class="hljs-number">1</span>');
  });

  it('shows markup as text, wherever it stands', async () => {
    const attack = '<script>alert(1)</script>"\'';
    await build({
      'mkdocs.yml': JSON.stringify({
        site_name: attack,
        nav: [{ [attack]: 'index.md' }],
      }),
      docs: {
        'index.md': `# ${attack}\n\n${attack}\n\n[a](vbscript:x)\n\n## ${attack}\n\n!!! note "${attack}"\n    ${attack}\n\n\`\`\`none\n${attack}\n\`\`\``,
        'vbscript:x.md': 'text',
      },
    });
    const html = await written('index.html');
    expect(html).not.toContain('<script');
    expect(html).not.toMatch(/href="vbscript:/);
    expect(html.match(/&lt;script&gt;/g)?.length).toBeGreaterThan(6);
  });

  it.each([
    ['nav: [1]', /^mkdocs\.yml is wrong: nav\.0: must be a file/],
    ['site_name: [a]', /^mkdocs\.yml is wrong: site_name: .*string/],
    ['- a', /^mkdocs\.yml is wrong: .*object/],
    ['a: [', /^mkdocs\.yml is not YAML: .*line 1/],
    ['docs_dir: no', /docs_dir: there is no folder "no"/],
    ['docs_dir: ../', /docs_dir of mkdocs\.yml .* leads out/],
    ['docs_dir: /etc', /there is no folder "\/etc"|leads out/],
  ])('says what is wrong with "%s"', async (yaml, message) => {
    await expect(
      build({ 'mkdocs.yml': yaml, docs: { 'index.md': '' } }),
    ).rejects.toThrow(message);
  });

  it.each(['mkdocs.yml', 'docs', 'docs/secret.md', 'docs/images'])(
    'refuses a symbolic link out of the repository at %s',
    async path => {
      directory.setContent({
        in: path === 'docs' ? {} : { docs: { 'index.md': '# Home' } },
        out: {},
        outside: { 'secret.md': '# Secret' },
      });
      await symlink(directory.resolve('outside'), join(input, path));
      await expect(run()).rejects.toThrow(/leads out of the folder/);
    },
  );

  it('takes no page from outside docs_dir', async () => {
    const lines = await build({
      'mkdocs.yml': 'nav: [index.md, ../../secret.md]',
      'secret.md': 'own',
      docs: { 'index.md': '[s](../../secret.md) [m](missing.md)' },
    });
    const { files } = await json('techdocs_metadata.json');
    expect(files.filter((file: string) => /secret/.test(file))).toEqual([]);
    expect(await written('index.html')).toContain('href="../../secret.md"');
    expect(lines).toEqual([
      expect.stringContaining('nav names "../../secret.md"'),
      expect.stringContaining('index.md links to "missing.md"'),
    ]);
  });

  it('leaves out files above 5 MiB and says so', async () => {
    const lines = await build({
      docs: { 'index.md': '', 'film.mp4': Buffer.alloc(5 * 1024 * 1024 + 1) },
    });
    expect(lines).toEqual([expect.stringContaining('film.mp4 is left out')]);
    expect((await json('techdocs_metadata.json')).files).not.toContain(
      'film.mp4',
    );
  });
});
