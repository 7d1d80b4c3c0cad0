import { basename } from 'node:path/posix';
import { z } from 'zod';
import { lowestOf } from './versions';

/** A package that is needed at run time and named by the repository itself. */
export interface DependencyFact {
  manifest: string;
  ecosystem: string;
  name: string;
  declared: string;
  /** The lowest version that satisfies it; null where nothing fixes one. */
  version: string | null;
}

const texts = z.record(z.string(), z.string()).catch({});
const manifest = z.looseObject({
  engines: texts.default({}),
  dependencies: texts.default({}),
});

/** @returns undefined when it is no package.json */
export function parseManifest(
  text: string,
): z.output<typeof manifest> | undefined {
  try {
    return manifest.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

const REQUIREMENT = /^([^\s/"]+\/\S+|[^\s"]+\.[^\s"]+)[ \t]+(v\S+)(.*)$/;

/** What `require` names, without what others need. */
function requirementsOf(text: string): [name: string, declared: string][] {
  let inBlock = false;
  return text.split('\n').flatMap(line => {
    const trimmed = line.trim();
    if (inBlock && trimmed === ')') {
      inBlock = false;
      return [];
    }
    if (/^require[ \t]*\($/.test(trimmed)) {
      inBlock = true;
      return [];
    }
    const stated = inBlock ? trimmed : /^require[ \t]+(.*)$/.exec(trimmed)?.[1];
    const [, name, declared, rest] = REQUIREMENT.exec(stated ?? '') ?? [];
    return name && !/\/\/[ \t]*indirect/.test(rest)
      ? [[name, declared] as [string, string]]
      : [];
  });
}

/** The direct dependencies of a package.json or go.mod. */
export function dependencyFacts(path: string, text: string): DependencyFact[] {
  const [ecosystem, stated] =
    basename(path) === 'go.mod'
      ? (['go', requirementsOf(text)] as const)
      : ([
          'npm',
          Object.entries(parseManifest(text)?.dependencies ?? {}),
        ] as const);
  return stated.map(([name, declared]) => ({
    manifest: path,
    ecosystem,
    name,
    declared,
    version: lowestOf(declared),
  }));
}

/** Whether a file names dependencies that {@link dependencyFacts} reads. */
export const isManifest = (path: string) =>
  ['go.mod', 'package.json'].includes(basename(path));
