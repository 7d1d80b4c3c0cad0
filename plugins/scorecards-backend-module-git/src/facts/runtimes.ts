import { basename } from 'node:path/posix';
import { BaseImage } from './dockerfile';
import { parseManifest } from './dependencies';
import { lowestOf } from './versions';

/** A language runtime that a file asks for. */
export interface RuntimeFact {
  runtime: string;
  source: string;
  /** As it stands in the file. */
  declared: string;
  /** The lowest version that satisfies it, so that a rule can compare it; null where nothing fixes one. */
  version: string | null;
}

const IMAGES: Record<string, string | undefined> = {
  amazoncorretto: 'java',
  'eclipse-temurin': 'java',
  golang: 'go',
  node: 'node',
  openjdk: 'java',
  php: 'php',
  python: 'python',
  ruby: 'ruby',
};
const VERSION_FILES: Record<string, string | undefined> = {
  '.node-version': 'node',
  '.nvmrc': 'node',
  '.python-version': 'python',
  '.ruby-version': 'ruby',
};
const LEADING_NUMBERS = /^\d+(?:\.\d+){0,2}/;

/** Whether a file may say which runtime its code needs. */
export const isRuntimeFile = (path: string) => {
  const name = basename(path);
  return (
    VERSION_FILES[name] !== undefined ||
    ['go.mod', 'package.json', 'pyproject.toml'].includes(name)
  );
};

/** The runtimes that a file asks for, other than a Dockerfile. */
export function runtimeFacts(path: string, text: string): RuntimeFact[] {
  const fact = (runtime: string | undefined, declared: string | undefined) =>
    runtime && declared
      ? [{ runtime, source: path, declared, version: lowestOf(declared) }]
      : [];
  const name = basename(path);
  switch (name) {
    case 'go.mod':
      return fact('go', /^go[ \t]+(\S+)/m.exec(text)?.[1]);
    case 'package.json':
      return fact('node', parseManifest(text)?.engines.node?.trim());
    case 'pyproject.toml':
      return fact(
        'python',
        /^requires-python[ \t]*=[ \t]*["']([^"'\n]+)["']/m.exec(text)?.[1],
      );
    default:
      return fact(
        VERSION_FILES[name],
        text.split('\n', 1)[0].trim().slice(0, 100),
      );
  }
}

/** The runtimes of the images that a Dockerfile builds on. */
export function imageRuntimes(images: readonly BaseImage[]): RuntimeFact[] {
  return images.flatMap(({ dockerfile, image }) => {
    const [, repository, tag = ''] =
      /^([^@]*?)(?::([^:/@]+))?(?:@.*)?$/.exec(image) ?? [];
    const runtime = IMAGES[basename(repository ?? '')];
    const numbers = LEADING_NUMBERS.exec(tag)?.[0];
    return runtime
      ? [
          {
            runtime,
            source: dockerfile,
            declared: image,
            version: numbers ? lowestOf(numbers) : null,
          },
        ]
      : [];
  });
}
