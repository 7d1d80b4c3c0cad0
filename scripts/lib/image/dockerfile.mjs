import { readFile } from 'node:fs/promises';

/**
 * What the Dockerfile says, so that the test does that and nothing else.
 *
 * @returns `runs` in order, each with its working folder; `env`, `user`, `command` and `health` of the image itself
 */
export async function readDockerfile(file) {
  const text = (await readFile(file, 'utf8')).replace(/\\\n\s*/g, '');
  const image = { runs: [], env: {} };
  for (const line of text.split('\n')) {
    const [, instruction, rest] = /^([A-Z]+) (.*)$/.exec(line) ?? [];
    if (instruction === 'FROM') {
      Object.assign(image, { env: {}, user: 'root', workdir: '/' });
    } else if (instruction === 'WORKDIR') image.workdir = rest;
    else if (instruction === 'USER') image.user = rest;
    else if (instruction === 'RUN') {
      image.runs.push({ workdir: image.workdir, command: rest.split(' ') });
    } else if (instruction === 'ENV') {
      const [name, value] = rest.split('=');
      image.env[name] = value;
    } else if (instruction === 'CMD') image.command = JSON.parse(rest);
    else if (instruction === 'HEALTHCHECK') {
      image.health = JSON.parse(rest.slice(rest.indexOf('CMD ') + 4));
    }
  }
  return image;
}
