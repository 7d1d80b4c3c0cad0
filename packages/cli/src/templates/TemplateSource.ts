import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '@backstage/errors';
import { JsonObject } from '@backstage/types';
import { Document, isMap, LineCounter, parseDocument } from 'yaml';
import { placeOf } from './Finding';

/** File of a template's folder that describes it. */
export const TEMPLATE_FILE = 'template.yaml';
const ANSWERS_FOLDER = 'answers';
/** What lies beside a template for its authors, and generates nothing. */
export const AUTHORS_FOLDERS: readonly string[] = [ANSWERS_FOLDER, 'golden'];

/** Answers of the form, recorded so that the template can be tried with them. */
export interface RecordedAnswers {
  name: string;
  values: JsonObject;
}

/** A template's folder: its description with the lines of every part, and its recorded answers. */
export class TemplateSource {
  readonly name: string;
  readonly folder: string;
  readonly entity: unknown;
  readonly answers: RecordedAnswers[];
  readonly #document: Document.Parsed;
  readonly #lines: LineCounter;

  /** @throws InputError with file and line when a file is not YAML */
  static async read(folder: string, name: string): Promise<TemplateSource> {
    const text = await readFile(join(folder, TEMPLATE_FILE), 'utf8');
    const lines = new LineCounter();
    const document = parseDocument(text, { lineCounter: lines });
    if (document.errors.length > 0) {
      throw new InputError(
        `${join(folder, TEMPLATE_FILE)}: ${document.errors[0].message}`,
      );
    }
    return new TemplateSource({
      name,
      folder,
      document,
      lines,
      answers: await readAnswers(join(folder, ANSWERS_FOLDER)),
    });
  }

  private constructor(options: {
    name: string;
    folder: string;
    document: Document.Parsed;
    lines: LineCounter;
    answers: RecordedAnswers[];
  }) {
    this.name = options.name;
    this.folder = options.folder;
    this.entity = options.document.toJS();
    this.answers = options.answers;
    this.#document = options.document;
    this.#lines = options.lines;
  }

  /** Where a part of the description stands; of what is missing, the nearest part around it. */
  placeOf(path: readonly (string | number)[]): string {
    for (let length = path.length; length > 0; length -= 1) {
      const node = this.#document.getIn(path.slice(0, length), true) as
        | { range?: [number, number, number] }
        | undefined;
      if (node?.range) {
        return placeOf(TEMPLATE_FILE, this.#lines.linePos(node.range[0]).line);
      }
    }
    return placeOf(TEMPLATE_FILE, 1);
  }
}

/** The templates below a folder, or those of them that are named. */
export async function readTemplates(
  root: string,
  names: readonly string[],
): Promise<TemplateSource[]> {
  const entries = await readdir(root, { withFileTypes: true });
  const known = entries
    .filter(entry => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
  const unknown = names.find(name => !known.includes(name));
  if (unknown) {
    throw new InputError(
      `There is no template "${unknown}": the templates are ${known.join(
        ', ',
      )}`,
    );
  }
  return Promise.all(
    (names.length > 0 ? names : known).map(name =>
      TemplateSource.read(join(root, name), name),
    ),
  );
}

async function readAnswers(folder: string): Promise<RecordedAnswers[]> {
  const files = await readdir(folder).catch(error => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return Promise.all(
    files
      .filter(file => file.endsWith('.yaml'))
      .sort()
      .map(async file => {
        const path = join(folder, file);
        const document = parseDocument(await readFile(path, 'utf8'));
        if (document.errors.length > 0) {
          throw new InputError(`${path}: ${document.errors[0].message}`);
        }
        if (!isMap(document.contents)) {
          throw new InputError(
            `${path} must hold answers by the name of their field`,
          );
        }
        const values: JsonObject = document.toJS();
        return { name: file.replace(/\.yaml$/, ''), values };
      }),
  );
}
