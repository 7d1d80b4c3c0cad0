import { InputError } from '@backstage/errors';
import { getMkdocsYml } from '@backstage/plugin-techdocs-node';
import { basename, join } from 'node:path';
import { parseDocument } from 'yaml';
import { z } from 'zod';
import { assertInside } from './assertInside';

/** An entry of `nav`: a file or link, `Title: file or link`, or `Title: [entries]`. */
export type NavEntry = string | { [title: string]: string | NavEntry[] };

const navEntry: z.ZodType<NavEntry> = z.lazy(() =>
  z.union(
    [
      z.string(),
      z.record(z.string(), z.union([z.string(), z.array(navEntry)])),
    ],
    { error: 'must be a file, "Title: file" or "Title:" with a list below' },
  ),
);

const siteConfigSchema = z.object({
  site_name: z.string().optional(),
  site_description: z.string().nullish(),
  docs_dir: z.string().min(1).default('docs'),
  nav: z.array(navEntry).nullish(),
});

/** What the built-in generator takes from `mkdocs.yml`. */
export interface SiteConfig {
  name: string;
  description: string;
  /** Absolute, and certainly inside the folder of `mkdocs.yml`. */
  docsFolder: string;
  nav?: NavEntry[];
}

/**
 * Reads `mkdocs.yml` (or `mkdocs.yaml`); Backstage writes one when there is none.
 *
 * @param name - of the site, when the file does not say
 * @throws InputError with file, field and reason; NotAllowedError when a path leaves `inputDir`
 */
export async function readSiteConfig(
  inputDir: string,
  name: string = 'Documentation',
): Promise<SiteConfig> {
  for (const file of ['mkdocs.yml', 'mkdocs.yaml']) {
    await assertInside(inputDir, join(inputDir, file), file);
  }
  const { path, content } = await getMkdocsYml(inputDir, { name });
  const file = basename(path);

  const document = parseDocument(content, { logLevel: 'error' });
  const [syntaxError] = document.errors;
  if (syntaxError) {
    throw new InputError(`${file} is not YAML: ${syntaxError.message}`);
  }
  const parsed = siteConfigSchema.safeParse(document.toJS());
  if (!parsed.success) {
    const reasons = parsed.error.issues.map(issue =>
      [issue.path.join('.'), issue.message].filter(Boolean).join(': '),
    );
    throw new InputError(`${file} is wrong: ${reasons.join('; ')}`);
  }
  const { site_name, site_description, docs_dir, nav } = parsed.data;
  const docsFolder = join(inputDir, docs_dir);
  const exists = await assertInside(
    inputDir,
    docsFolder,
    `docs_dir of ${file} ("${docs_dir}")`,
  );
  if (!exists) {
    throw new InputError(
      `${file} is wrong: docs_dir: there is no folder "${docs_dir}"`,
    );
  }
  return {
    name: site_name ?? name,
    description: site_description ?? '',
    docsFolder,
    nav: nav ?? undefined,
  };
}
