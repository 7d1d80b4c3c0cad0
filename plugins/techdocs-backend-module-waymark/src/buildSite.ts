import { readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { renderPage } from './markdown/renderPage';
import { PageLink, renderPageTemplate } from './output/pageTemplate';
import { buildSearchIndex } from './output/searchIndex';
import { SiteWriter, stylesheetPath } from './output/SiteWriter';
import { collectFiles } from './sources/collectFiles';
import { buildNavigation, pagesOf } from './sources/navigation';
import { readSiteConfig, SiteConfig } from './sources/readSiteConfig';
import { SiteMap, titleOfPath } from './sources/SiteMap';

/**
 * Builds the site of one repository: pages, copied files, style sheet and search index.
 *
 * @param options - `name` of the site when `mkdocs.yml` has none, `stylesheet` as CSS, `log` for what was left out
 */
export async function buildSite(options: {
  inputDir: string;
  outputDir: string;
  name?: string;
  stylesheet: string;
  log: (line: string) => void;
}): Promise<{ config: SiteConfig; writer: SiteWriter }> {
  const { inputDir, outputDir, stylesheet, log } = options;
  const config = await readSiteConfig(inputDir, options.name);
  const files = await collectFiles({
    root: inputDir,
    folder: config.docsFolder,
    log,
  });
  const site = SiteMap.create(files);
  if (!site.pages.some(source => site.pageUrl(source) === '')) {
    log('docs_dir has neither index.md nor README.md: the site has no home');
  }

  const navigation = buildNavigation({ nav: config.nav, site, log });
  const order = pagesOf(navigation);
  const titles = new Map(order.map(({ source, title }) => [source, title]));
  const pages = await Promise.all(
    site.pages.map(async source => {
      const text = await readFile(join(config.docsFolder, source), 'utf8');
      const page = renderPage(text, { site, source, log });
      return {
        source,
        page,
        url: site.pageUrl(source) ?? '',
        title: titles.get(source) ?? page.title ?? titleOfPath(source),
      };
    }),
  );
  const titleOf = new Map(pages.map(({ source, title }) => [source, title]));

  const writer = SiteWriter.create(outputDir);
  const css = stylesheetPath(stylesheet);
  await writer.write(css, stylesheet);
  for (const { source, page, url, title } of pages) {
    const linkTo = (to: string): PageLink => ({
      url: site.urlFrom(url, to) ?? '',
      title: titleOf.get(to) ?? '',
    });
    const position = order.findIndex(entry => entry.source === source);
    const neighbour = (index: number) =>
      position >= 0 && order[index] && linkTo(order[index].source);
    await writer.write(
      posix.join(url, 'index.html'),
      renderPageTemplate({
        ...page,
        title,
        siteName: config.name,
        navigation,
        source,
        linkTo,
        stylesheet: posix.relative(`/${url}`, `/${css}`),
        previous: neighbour(position - 1) || undefined,
        next: neighbour(position + 1) || undefined,
      }),
    );
  }
  for (const asset of site.assets) {
    await writer.copy(join(config.docsFolder, asset), asset);
  }
  await writer.write(
    'search/search_index.json',
    JSON.stringify(buildSearchIndex(pages)),
  );
  return { config, writer };
}
