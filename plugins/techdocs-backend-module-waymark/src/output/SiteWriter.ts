import { createHash } from 'node:crypto';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Writes the files of a site and remembers them. */
export class SiteWriter {
  readonly #folder: string;
  readonly #files = new Set<string>();

  static create(folder: string): SiteWriter {
    return new SiteWriter(folder);
  }

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /** The files written so far, relative to the folder of the site, by name. */
  get files(): string[] {
    return [...this.#files].sort();
  }

  async #prepare(path: string): Promise<string> {
    const target = join(this.#folder, path);
    await mkdir(dirname(target), { recursive: true });
    this.#files.add(path);
    return target;
  }

  /** @param path - relative to the folder of the site, with `/` */
  async write(path: string, content: string): Promise<void> {
    await writeFile(await this.#prepare(path), content);
  }

  /** @param path - relative to the folder of the site, with `/` */
  async copy(from: string, path: string): Promise<void> {
    await copyFile(from, await this.#prepare(path));
  }
}

/**
 * The path of a style sheet in the site. The TechDocs reader loads no other name
 * than that of Material for MkDocs: `main.`, eight hexadecimal digits, `.min.css`.
 */
export function stylesheetPath(css: string): string {
  const hash = createHash('sha256').update(css).digest('hex').slice(0, 8);
  return `assets/stylesheets/main.${hash}.min.css`;
}
