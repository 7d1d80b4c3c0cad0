import { CODEOWNERS_PATHS } from '@waymark/waymark-common';
import { basename } from 'node:path/posix';
import { folderOf, isBelow, isForeign, upwards } from './folders';

/** Where well-known files lie, from the root of the repository; null where there is none. */
export interface WellKnownFiles {
  readme: string | null;
  license: string | null;
  securityPolicy: string | null;
  codeOwners: string | null;
  dependabot: string | null;
  renovate: string | null;
  dockerfile: string | null;
  chart: string | null;
  runbook: string | null;
  slo: string | null;
  openApi: string | null;
}

const README = /^readme(?:\.\w+)?$/i;
const LICENSE = /^(?:licen[cs]e|copying|unlicense)(?:[.-][\w.-]+)?$/i;
const SECURITY_POLICY = /^security(?:\.\w+)?$/i;
const DEPENDABOT = ['.github/dependabot.yml', '.github/dependabot.yaml'];
const RENOVATE = [
  'renovate.json',
  'renovate.json5',
  '.github/renovate.json',
  '.github/renovate.json5',
  '.renovaterc',
  '.renovaterc.json',
  '.renovaterc.json5',
];
const DOCKERFILE =
  /(?:^|\/)(?:(?:Dockerfile|Containerfile)(?:\.[\w.-]+)?|[\w.-]+\.Dockerfile)$/i;
const CHART = /(?:^|\/)Chart\.ya?ml$/;
const RUNBOOK =
  /(?:^|\/)(?:runbook|(?:runbooks?|playbooks?)\/[^/]+)\.(?:md|adoc|rst|txt)$/i;
const SLO = /(?:^|\/)(?:[\w-]+[.-])?slos?\.ya?ml$/i;
const OPEN_API = /(?:^|\/)(?:[\w-]+\.)?(?:openapi|swagger)\.(?:ya?ml|json)$/i;

/** Whether a file tells how an image is built. */
export const isDockerfile = (path: string) =>
  DOCKERFILE.test(path) && !path.endsWith('.dockerignore');

/** Finds them for the entity that lies in `folder`. */
export function wellKnownFiles(
  paths: readonly string[],
  folder: string,
): WellKnownFiles {
  const all = new Set(paths);
  const own = paths.filter(path => isBelow(path, folder) && !isForeign(path));
  const first = (candidates: readonly string[]) =>
    candidates.find(path => all.has(path)) ?? null;
  const nearest = (matches: (path: string) => boolean) =>
    own.filter(matches).sort(nearestFirst)[0] ?? null;
  const inFolders = (folders: string[], name: RegExp) => {
    for (const candidate of folders) {
      const found = paths.find(
        path => folderOf(path) === candidate && name.test(basename(path)),
      );
      if (found) {
        return found;
      }
    }
    return null;
  };
  const above = upwards(folder);
  return {
    readme: inFolders([folder], README),
    license: inFolders(above, LICENSE),
    securityPolicy: inFolders([...above, '.github', 'docs'], SECURITY_POLICY),
    codeOwners: first(CODEOWNERS_PATHS),
    dependabot: first(DEPENDABOT),
    renovate: first(RENOVATE),
    dockerfile: nearest(isDockerfile),
    chart: nearest(path => CHART.test(path)),
    runbook: nearest(path => RUNBOOK.test(path)),
    slo: nearest(path => SLO.test(path)),
    openApi: nearest(path => OPEN_API.test(path)),
  };
}

// The answer must not change because of a file that lies deeper or sorts later.
function nearestFirst(one: string, other: string): number {
  const deeper = one.split('/').length - other.split('/').length;
  return deeper || (one < other ? -1 : 1);
}
