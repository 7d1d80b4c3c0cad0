import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { filesBelow } from './filesBelow';
import { Finding, placeOf } from './Finding';
import { Generated } from './Generated';

const MANIFEST = 'files.txt';
/**
 * What is recorded in full: where answers and data end up. Of everything else the hash is enough, since a reviewer sees the change
 * in the skeleton itself.
 */
const IN_FULL = [
  /^catalog-info\.yaml$/,
  /^README\.md$/,
  /^\.waymark\//,
  /^\.github\//,
  /^infra\/.*\.tf$/,
  /^deploy\//,
  /^charts\/[^/]+\/(Chart|values)\.yaml$/,
];

/** Where the recorded files of one set of answers lie. */
const goldenFolder = (template: string, answers: string): string =>
  join(template, 'golden', answers);

/** The recorded files of a run: the manifest of all, and the text of some. */
function record(generated: Generated): Map<string, string> {
  const recorded = new Map([[MANIFEST, generated.manifest]]);
  for (const { path } of generated.files) {
    if (IN_FULL.some(pattern => pattern.test(path))) {
      recorded.set(path, generated.recorded(path));
    }
  }
  return recorded;
}

/** What differs between a run and what was recorded of the same answers. */
export async function compareWithGolden(
  template: string,
  answers: string,
  generated: Generated,
): Promise<Finding[]> {
  const folder = goldenFolder(template, answers);
  const golden = new Map<string, string>();
  for (const { path } of await filesBelow(folder).catch(() => [])) {
    golden.set(path, await readFile(join(folder, path), 'utf8'));
  }
  if (golden.size === 0) {
    return [
      {
        place: placeOf(`golden/${answers}`),
        rule: 'golden/missing',
        message: 'nothing is recorded of these answers: run with --update',
      },
    ];
  }
  const recorded = record(generated);
  const differences = [...recorded]
    .filter(([path, now]) => path !== MANIFEST && golden.get(path) !== now)
    .map(([path, now]) => firstDifference(path, golden.get(path) ?? '', now));
  const shown = new Set([...recorded.keys()].filter(path => golden.has(path)));
  return [
    ...compareManifests(golden.get(MANIFEST) ?? '', generated.manifest).filter(
      ({ place }) => !shown.has(place!),
    ),
    ...differences,
  ];
}

/** Records a run, so that a pull request shows what changes in it. */
export async function writeGolden(
  template: string,
  answers: string,
  generated: Generated,
): Promise<void> {
  const folder = goldenFolder(template, answers);
  await rm(folder, { recursive: true, force: true });
  for (const [path, text] of record(generated)) {
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }
}

function compareManifests(before: string, now: string): Finding[] {
  const read = (manifest: string) =>
    new Map(
      manifest
        .split('\n')
        .filter(Boolean)
        .map(line => [line.slice(19), line.slice(0, 18)]),
    );
  const [old, current] = [read(before), read(now)];
  return [...new Set([...old.keys(), ...current.keys()])]
    .sort()
    .filter(path => old.get(path) !== current.get(path))
    .map(path => {
      let message = 'its content or mode is not what was recorded';
      if (!old.has(path)) message = 'it is new';
      else if (!current.has(path)) message = 'it is not written any more';
      return { place: path, rule: 'golden/files', message };
    });
}

const quote = (line: string | undefined): string =>
  line === undefined ? 'nothing' : JSON.stringify(line);

function firstDifference(path: string, before: string, now: string): Finding {
  const [old, current] = [before.split('\n'), now.split('\n')];
  const index = current.findIndex((line, at) => line !== old[at]);
  const at = index < 0 ? current.length : index;
  return {
    place: placeOf(path, at + 1),
    rule: 'golden/text',
    message: `recorded ${quote(old[at])}, generated ${quote(current[at])}`,
  };
}
