import { readFileSync } from 'node:fs';
import { InputError } from '@backstage/errors';
import { z } from 'zod';

/** Where an action is: its commit, and the version that the commit is. */
export interface PinnedAction {
  /** `<owner>/<repository>[/<path>]@<commit>` */
  uses: string;
  tag: string;
}

const rowSchema = z.object({
  action: z.string().regex(/^[\w.-]+\/[\w.-]+$/),
  tag: z.string().regex(/^v\d+(\.\d+){0,2}$/),
  commit: z.string().regex(/^[0-9a-f]{40}$/),
  runs: z.string(),
});
type Row = z.infer<typeof rowSchema>;

/** The only source of commits of actions: a table, tab-separated, with a line of headings. */
export class PinTable {
  readonly #rows: Map<string, Row>;
  readonly #source: string;

  static load(file: string): PinTable {
    return PinTable.parse(readFileSync(file, 'utf8'), file);
  }

  /** @throws InputError that names the line */
  static parse(text: string, source: string): PinTable {
    const rows = new Map<string, Row>();
    const lines = text.trimEnd().split('\n').slice(1);
    lines.forEach((line, index) => {
      const [action, tag, commit, runs = ''] = line.split('\t');
      const parsed = rowSchema.safeParse({ action, tag, commit, runs });
      if (!parsed.success || rows.has(action)) {
        throw new InputError(
          `${source}:${index + 2}: ${
            parsed.success
              ? `${action} is pinned twice`
              : z.prettifyError(parsed.error)
          }`,
        );
      }
      rows.set(action, parsed.data);
    });
    return new PinTable(rows, source);
  }

  private constructor(rows: Map<string, Row>, source: string) {
    this.#rows = rows;
    this.#source = source;
  }

  /**
   * @param name - `<owner>/<repository>[/<path>]`, without a version
   * @param place - where it is used, for the error
   * @throws InputError for an action that is not in the table, or cannot be used by that name
   */
  resolve(name: string, place: string): PinnedAction {
    const [owner, repository, ...path] = name.split('/');
    const row = this.#rows.get(`${owner}/${repository}`);
    if (!row || !path.every(segment => /^[\w-][\w.-]*$/.test(segment))) {
      throw new InputError(
        `${place} uses "${name}", which is not in the pin table ${
          this.#source
        }: pin it there by commit, or use one of ${[...this.#rows.keys()].join(
          ', ',
        )}`,
      );
    }
    if (path.length === 0 && row.runs.includes('root action.yml')) {
      throw new InputError(
        `${place} uses "${name}", whose root is no action: ${row.runs}`,
      );
    }
    return {
      uses: `${[row.action, ...path].join('/')}@${row.commit}`,
      tag: row.tag,
    };
  }
}
