import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PinTable } from '@waymark/scaffolder-backend-module-golden-paths';
import { filesBelow } from './filesBelow';
import { Finding, placeOf } from './Finding';

/**
 * Line by line, since a skeleton is YAML only once it is rendered; a mapping may also be written in one line, `{ uses: x }`.
 */
const USES = /(?:^\s*(?:-\s+)*|[{,]\s*)["']?uses["']?\s*:\s*(.*?)\s*$/;
/** Actions may be named in any YAML: workflows, and composite actions wherever they lie. */
const YAML = /\.ya?ml$/;
const WORKFLOWS = /(^|\/)\.github\/workflows\//;

/** The action that a line of YAML names, without quotes and comment. */
function actionIn(line: string): string | undefined {
  const value = USES.exec(line)?.[1];
  if (value === undefined) return undefined;
  const quoted = /^(["'])(.*?)\1/.exec(value);
  return quoted ? quoted[2] : value.replace(/(^|\s+)#.*$|\s*[,}].*$/, '');
}

/** Why an action may not be used as it is named, or nothing when it may. */
function reasonAgainst(
  uses: string,
  place: string,
  pins: PinTable,
): string | undefined {
  if (uses.startsWith('./')) return undefined;
  const [name, version = ''] = uses.split('@');
  try {
    const pinned = pins.resolve(name, place);
    return pinned.uses === uses
      ? undefined
      : `"${name}" must be used at the commit of the pin table, ${pinned.uses} # ${pinned.tag}, not at "${version}"`;
  } catch (error) {
    return (error as Error).message;
  }
}

/** Every action of YAML files below a folder that is not used at the commit of the pin table. */
export async function checkPins(options: {
  folder: string;
  /** Where the folder is, for the reader. */
  name?: string;
  pins: PinTable;
  /** Whether workflow files may be there at all; in a skeleton they may not. */
  workflows: boolean;
  /** Folders at its top that are passed over. */
  omit?: readonly string[];
}): Promise<Finding[]> {
  const { folder, name, pins, workflows, omit = [] } = options;
  const findings: Finding[] = [];
  for (const { path } of await filesBelow(folder)) {
    if (!YAML.test(path) || omit.includes(path.split('/')[0])) continue;
    const shown = name ? `${name}/${path}` : path;
    if (!workflows && WORKFLOWS.test(path)) {
      findings.push({
        place: placeOf(shown),
        rule: 'pins/workflow',
        message:
          'workflows are written by golden-paths:workflows from data: a skeleton holds none',
      });
    }
    const lines = (await readFile(join(folder, path), 'utf8')).split('\n');
    lines.forEach((line, index) => {
      const uses = actionIn(line);
      const place = placeOf(shown, index + 1);
      const reason =
        uses === undefined ? undefined : reasonAgainst(uses, place, pins);
      if (reason) {
        findings.push({ place, rule: 'pins/unpinned', message: reason });
      }
    });
  }
  return findings;
}
