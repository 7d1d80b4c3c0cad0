import fc from 'fast-check';
import { formatSize, timeElement } from './format';
import { highlightLines } from './highlight';
import { escapeHtml, html, raw } from './html';
import { renderMarkdown } from './markdown';
import { urls } from './urls';

const repository = { owner: 'acme', name: 'shop' };

describe('rendering', () => {
  it('escapes every value but markup, wherever it stands', () => {
    const evil = `"><script>alert('&')</script>`;
    expect(
      html`<a title="${evil}">${[evil, raw('<b>x</b>')]}</a>`.toString(),
    ).toBe(
      '<a title="&quot;&gt;&lt;script&gt;alert(&#39;&amp;&#39;)&lt;/script&gt;">' +
        '&quot;&gt;&lt;script&gt;alert(&#39;&amp;&#39;)&lt;/script&gt;<b>x</b></a>',
    );
    expect(html`${undefined}${false}${0}${''}`.toString()).toBe('0');
    fc.assert(
      fc.property(fc.string(), text => {
        expect(escapeHtml(text)).not.toMatch(/[<>"']/);
      }),
    );
  });

  it('encodes names in addresses, but not the slashes of branches and paths', () => {
    expect(urls.blob(repository, 'feature/a b', 'src/ü#?%.md')).toBe(
      '/acme/shop/blob/feature/a%20b/src/%C3%BC%23%3F%25.md',
    );
    expect(urls.tree(repository, 'main', '')).toBe('/acme/shop/tree/main');
  });

  it('shows HTML in Markdown as text and leaves no script address', () => {
    const markup = renderMarkdown(
      '<script>alert(1)</script>\n\n[x](javascript:alert(1)) <img src=x onerror=y>',
    ).toString();
    expect(markup).toContain('&lt;script&gt;');
    expect(markup).not.toMatch(/<script|<img|href="javascript/);
  });

  it('leads relative links of a document to the forge, others as they are', () => {
    const render = (text: string) =>
      renderMarkdown(text, {
        repository,
        ref: 'feature/x',
        folder: 'docs/guide',
        hasAnchors: true,
      }).toString();
    expect(render('[a](../setup.md#install)')).toContain(
      'href="/acme/shop/blob/feature/x/docs/setup.md#install"',
    );
    expect(render('[a](/README.md)')).toContain(
      'href="/acme/shop/blob/feature/x/README.md"',
    );
    expect(render('![a](img/a%20b.png)')).toContain(
      'src="/acme/shop/raw/feature/x/docs/guide/img/a%20b.png"',
    );
    expect(render('[a](../../../../etc/passwd)')).toContain(
      'href="/acme/shop/tree/feature/x"',
    );
    expect(render('[a](https://example.com/x) [b](#top)')).toMatch(
      /href="https:\/\/example.com\/x".*href="#top"/s,
    );
    expect(render('# Über uns\n\n# Über uns')).toMatch(
      /<h1 id="über-uns">.*<h1 id="über-uns-1">/s,
    );
  });

  it('keeps each highlighted line well-formed when a comment or text spans lines', () => {
    const lines = highlightLines('/* a\n <b> */\nconst x = 1;\n', 'x.ts').map(
      String,
    );
    expect(lines).toHaveLength(3);
    expect(lines[0]).toBe('<span class="hljs-comment">/* a</span>');
    expect(lines[1]).toBe('<span class="hljs-comment"> &lt;b&gt; */</span>');
    for (const line of lines) {
      expect(line.match(/<span/g)?.length).toBe(
        line.match(/<\/span>/g)?.length,
      );
    }
    expect(highlightLines('<b>', 'unknown.zzz').map(String)).toEqual([
      '&lt;b&gt;',
    ]);
  });

  it('writes sizes and dates for people', () => {
    expect([1, 512, 1434, 20_480, 5_242_880].map(formatSize)).toEqual([
      '1 byte',
      '512 bytes',
      '1.4 KiB',
      '20 KiB',
      '5.0 MiB',
    ]);
    expect(timeElement('2026-01-05T09:00:00Z').toString()).toContain(
      '5 Jan 2026',
    );
    expect(timeElement(undefined).toString()).toBe('');
  });
});
