import { DockerfileParser } from 'dockerfile-ast';

/** An image that a Dockerfile builds on. */
export interface BaseImage {
  dockerfile: string;
  image: string;
  pinned: boolean;
}

const VARIABLE = /\$(?:\{(\w+)(?::?-([^}]*))?\}|(\w+))/g;

/** The images that are named behind FROM, with the defaults of the arguments; stages of the file itself are left out. */
export function baseImages(path: string, content: string): BaseImage[] {
  const dockerfile = DockerfileParser.parse(content);
  const defaults = new Map(
    dockerfile
      .getInitialARGs()
      .map(argument => argument.getProperty())
      .filter(property => property !== null)
      .map(property => [property.getName(), property.getValue()]),
  );
  const stages = new Set<string>();
  const images = new Set<string>();
  for (const from of dockerfile.getFROMs()) {
    const image = from
      .getImage()
      ?.replace(
        VARIABLE,
        (text, braced, otherwise, bare) =>
          defaults.get(braced ?? bare) ?? otherwise ?? text,
      );
    if (image && image !== 'scratch' && !stages.has(image.toLowerCase())) {
      images.add(image);
    }
    const stage = from.getBuildStage();
    if (stage) {
      stages.add(stage.toLowerCase());
    }
  }
  return [...images].map(image => ({
    dockerfile: path,
    image,
    pinned: /@sha256:[0-9a-f]{64}$/.test(image),
  }));
}
