import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonObject } from '@backstage/types';
import { parse } from 'yaml';
import { FactSourceSpec, factSourceKind } from '../factSource';
import { Facts, knownFact } from '../rules';

const ROOT = join(__dirname, '../../../..');

/** The definitions of a folder of the catalog, by name of their file. */
export function catalogDocuments(folder: string): unknown[] {
  const path = join(ROOT, 'catalog', folder);
  return readdirSync(path)
    .sort()
    .map(file => parse(readFileSync(join(path, file), 'utf8')));
}

/** The fact sources of the catalog. */
export function catalogFactSources(): FactSourceSpec[] {
  return catalogDocuments('fact-sources').map(document => {
    const parsed = factSourceKind.parse(document);
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
    return parsed.definition.spec;
  });
}

/** A page of the documentation. */
export function readPage(name: string): string {
  return readFileSync(join(ROOT, 'docs', `${name}.md`), 'utf8');
}

/** The YAML examples of a page. */
export function examplesOf<T>(page: string): T[] {
  return [...page.matchAll(/^```yaml\n([\s\S]*?)^```/gm)].map(([, text]) =>
    parse(text),
  );
}

/** The rows of the tables of a page whose first column has this heading, as code. */
export function rowsOf(page: string, heading: string): [string, string][] {
  const lines = page.split('\n');
  const rows: [string, string][] = [];
  let isWanted = false;
  for (const line of lines) {
    if (!line.startsWith('|')) {
      isWanted = false;
    } else if (line.startsWith(`| ${heading} `)) {
      isWanted = true;
    } else if (isWanted) {
      const cells = [...line.matchAll(/`((?:\\\||[^`])*)`/g)].map(([, cell]) =>
        cell.replace(/\\\|/g, '|'),
      );
      if (cells.length === 2) rows.push([cells[0], cells[1]]);
    }
  }
  return rows;
}

/** Facts that are known, by source. */
export function factsOf(payloads: Record<string, JsonObject>): Facts {
  return Object.fromEntries(
    Object.entries(payloads).map(([source, payload]) => [
      source,
      knownFact(payload),
    ]),
  );
}
