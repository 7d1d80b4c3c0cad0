import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import {
  mkdir,
  readFile,
  readdir,
  rename,
  rm,
  writeFile,
} from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { isCi } from '../ci.mjs';
import { UserError } from '../fail.mjs';
import { alone } from '../lock.mjs';
import { runToEnd } from '../processes.mjs';
import { say, step } from '../progress.mjs';
import { ensureWritable } from '../stateFolder.mjs';
import { PINS } from './pins.mjs';
import { binaryIn, recipesFor } from './recipes.mjs';
import { toolsFolder } from './toolsFolder.mjs';

const RECEIPT = 'installed.json';

/**
 * Sees to it that the pinned tools are there: builds what is missing, keeps what
 * is built, removes other versions. A tool that this machine cannot build is
 * skipped with one sentence, or, in CI, an error.
 *
 * @param {{ names?: string[], pins?: readonly import('./pins.mjs').Pin[], folder?: string, run?: typeof runToEnd, ci?: boolean }} [options]
 * @returns {Promise<{ tools: Record<string, string>, skipped: Record<string, string> }>} paths of programs, and sentences
 */
export async function ensureTools(options = {}) {
  const {
    pins = PINS,
    names = pins.map(pin => pin.name),
    folder = toolsFolder,
    run = runToEnd,
    ci = isCi(),
  } = options;
  const unknown = names.find(name => !pins.some(pin => pin.name === name));
  if (unknown) {
    throw new UserError(
      `Unknown tool "${unknown}": use some of ${pins
        .map(pin => pin.name)
        .join(', ')}.`,
    );
  }
  await ensureWritable(folder);
  const tools = {};
  const skipped = {};
  for (const pin of pins.filter(({ name }) => names.includes(name))) {
    const built = join(folder, `${pin.name}-${pin.version}`);
    const file = binaryIn(built, pin.name);
    if (await isBuilt(built, file, pin)) {
      tools[pin.name] = file;
      continue;
    }
    const recipe = await firstPossible(pin, run);
    try {
      if (!recipe) throw new UserError(cannotBeBuilt(pin));
      await alone(join(folder, `${pin.name}.lock`), async () => {
        if (await isBuilt(built, file, pin)) return;
        await build(pin, recipe, { folder, built, run });
      });
      tools[pin.name] = file;
    } catch (error) {
      if (ci || !(error instanceof UserError)) throw error;
      skipped[pin.name] = error.message;
    }
  }
  return { tools, skipped };
}

const cannotBeBuilt = pin =>
  `${pin.name} ${pin.version} cannot be built here: install ${recipesFor(pin)
    .map(({ needs }) => needs)
    .join(', or ')}.`;

/** The environment with the tools first on its path. */
export const withTools = (tools, env = process.env) => ({
  ...env,
  PATH: [...new Set(Object.values(tools).map(dirname)), env.PATH].join(
    delimiter,
  ),
});

/** Seconds that building each tool took on this machine, from their receipts. */
export async function buildSeconds({ pins = PINS, folder = toolsFolder } = {}) {
  const seconds = {};
  for (const pin of pins) {
    const receipt = await readReceipt(
      join(folder, `${pin.name}-${pin.version}`),
    );
    if (receipt) seconds[pin.name] = receipt.seconds;
  }
  return seconds;
}

const hashOf = pin =>
  createHash('sha256').update(JSON.stringify(pin)).digest('hex');

const readReceipt = folder =>
  readFile(join(folder, RECEIPT), 'utf8')
    .then(JSON.parse)
    .catch(() => undefined);

/** The version names the folder; the receipt tells whether it was built as the pin says now. */
async function isBuilt(built, file, pin) {
  const receipt = await readReceipt(built);
  return receipt?.pin === hashOf(pin) && existsSync(file);
}

async function firstPossible(pin, run) {
  for (const recipe of recipesFor(pin)) {
    const [command, args] = recipe.probe;
    const answer = await run(command, args).catch(() => undefined);
    if (answer !== undefined && recipe.suits(answer)) return recipe;
  }
  return undefined;
}

async function build(pin, recipe, { folder, built, run }) {
  const started = performance.now();
  // Apart and then renamed: what is stopped halfway is never taken for a tool.
  const apart = join(folder, `.${pin.name}-${randomUUID()}`);
  // Without bin/: pip leaves a folder alone that is there already.
  await mkdir(apart, { recursive: true });
  try {
    await step(`Building ${pin.name} ${pin.version}`, async report => {
      const { command, args, env } = recipe.make(apart);
      await run(command, args, {
        cwd: apart,
        env: { ...process.env, ...env },
        onLine: report,
      }).catch(error => {
        const last = (error.output ?? error.message).trim().split('\n').at(-1);
        throw new UserError(
          `${pin.name} ${pin.version} could not be built: ${last}`,
        );
      });
      const check = recipe.check(binaryIn(apart, pin.name));
      const answer = await run(check.command, check.args).catch(
        error => error.message,
      );
      if (!check.proves(answer)) {
        throw new UserError(
          `What was built is not ${pin.name} ${pin.version}: ${
            answer.trim().split('\n')[0]
          }`,
        );
      }
    });
    const seconds = Math.round((performance.now() - started) / 100) / 10;
    await writeFile(
      join(apart, RECEIPT),
      `${JSON.stringify({
        name: pin.name,
        version: pin.version,
        pin: hashOf(pin),
        seconds,
      })}\n`,
    );
    await removeVersions(folder, pin.name);
    await rename(apart, built);
  } finally {
    await rm(apart, { recursive: true, force: true });
  }
}

async function removeVersions(folder, name) {
  for (const entry of await readdir(folder)) {
    if (entry.startsWith(`${name}-`)) {
      await rm(join(folder, entry), { recursive: true, force: true });
    }
  }
}

/** Says what is there, and what is not and why. */
export function sayTools({ tools, skipped }, seconds) {
  for (const [name, file] of Object.entries(tools)) {
    say.done(`${name}: ${file}`, seconds[name]);
  }
  for (const sentence of Object.values(skipped))
    say.line(`- skipped: ${sentence}`);
}
