import { DockerfileParser, From } from 'dockerfile-ast';

/** An image that a Dockerfile builds on. */
export interface BaseImage {
  dockerfile: string;
  image: string;
  pinned: boolean;
}

/** What a Dockerfile makes. */
export interface DockerfileFacts {
  images: BaseImage[];
  container: {
    dockerfile: string;
    /** Of the last stage; null where nothing names one, which most often means root. */
    user: string | null;
    root: boolean;
  };
}

const ROOT = /^(?:root|0)(?::|$)/;
const VARIABLE = /\$(?:\{(\w+)(?::?-([^}]*))?\}|(\w+))/g;

/**
 * The images that are named behind FROM, with the defaults of the arguments, stages of the file itself left out; and who
 * runs what the last stage makes.
 */
export function dockerfileFacts(
  path: string,
  content: string,
): DockerfileFacts {
  const dockerfile = DockerfileParser.parse(content);
  const defaults = new Map(
    dockerfile
      .getInitialARGs()
      .map(argument => argument.getProperty())
      .filter(property => property !== null)
      .map(property => [property.getName(), property.getValue()]),
  );
  const resolve = (stated: string) =>
    stated.replace(
      VARIABLE,
      (text, braced, otherwise, bare) =>
        defaults.get(braced ?? bare) ?? otherwise ?? text,
    );
  const usersOfStages = new Map<string, string | null>();
  const images = new Set<string>();
  let stage: string | undefined;
  let user: string | null = null;
  for (const instruction of dockerfile.getInstructions()) {
    if (instruction instanceof From) {
      const image = resolve(instruction.getImage() ?? '');
      const base = image.toLowerCase();
      user = usersOfStages.get(base) ?? null;
      if (image && image !== 'scratch' && !usersOfStages.has(base)) {
        images.add(image);
      }
      stage = instruction.getBuildStage()?.toLowerCase();
    } else if (instruction.getKeyword() === 'USER') {
      user = resolve(instruction.getArgumentsContent() ?? '') || null;
    }
    if (stage) {
      usersOfStages.set(stage, user);
    }
  }
  return {
    images: [...images].map(image => ({
      dockerfile: path,
      image,
      pinned: /@sha256:[0-9a-f]{64}$/.test(image),
    })),
    container: {
      dockerfile: path,
      user,
      root: user === null || ROOT.test(user),
    },
  };
}
