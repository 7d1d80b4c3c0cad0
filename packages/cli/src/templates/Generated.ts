import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { PROVENANCE_FILE } from '@waymark/golden-paths-common';

/** One file that a template wrote. */
export interface GeneratedFile {
  path: string;
  executable: boolean;
  content: Buffer;
}

/** What a template wrote in one run, in the order of the paths. */
export class Generated {
  readonly files: readonly GeneratedFile[];

  static from(files: readonly GeneratedFile[]): Generated {
    return new Generated([...files].sort((a, b) => (a.path < b.path ? -1 : 1)));
  }

  private constructor(files: readonly GeneratedFile[]) {
    this.files = files;
  }

  text(path: string): string | undefined {
    return this.files
      .find(file => file.path === path)
      ?.content.toString('utf8');
  }

  /** A line for each file: hash of its content, `x` when it can be executed, path. */
  get manifest(): string {
    return this.files
      .map(({ path, executable, content }) => {
        const hash = createHash('sha256')
          .update(this.#withoutTemplateHash(content))
          .digest('hex');
        return `${hash.slice(0, 16)} ${executable ? 'x' : '-'} ${path}\n`;
      })
      .join('');
  }

  /** Writes the files below a folder, and never outside of it. */
  async writeTo(folder: string): Promise<void> {
    for (const { path, executable, content } of this.files) {
      const file = resolveSafeChildPath(folder, path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, content, { mode: executable ? 0o755 : 0o644 });
    }
  }

  /** The text of a file as it is recorded. */
  recorded(path: string): string {
    return this.#withoutTemplateHash(
      this.files.find(file => file.path === path)?.content ?? Buffer.of(),
    ).toString('utf8');
  }

  /** The hash of the template's folder changes with every edit, and would tell a reviewer nothing. */
  #withoutTemplateHash(content: Buffer): Buffer {
    const [, hash] =
      /contentHash: (sha256:[0-9a-f]{64})/.exec(
        this.text(PROVENANCE_FILE) ?? '',
      ) ?? [];
    return hash && content.includes(hash)
      ? Buffer.from(
          content.toString('utf8').replaceAll(hash, 'sha256:<template>'),
        )
      : content;
  }
}
