import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';

const KEY = 'waymark.techdocs.generator';
const VERSION_TIMEOUT_MS = 20_000;

/** Which generator builds the pages, and why. */
export interface GeneratorChoice {
  generator: 'mkdocs' | 'builtin';
  reason: string;
}

/** Where the package `mkdocs` lies, as `mkdocs --version` tells it; undefined when there is no such command. */
async function findMkdocs(
  environment: NodeJS.ProcessEnv,
): Promise<string | undefined> {
  try {
    const { stdout } = await promisify(execFile)('mkdocs', ['--version'], {
      env: environment,
      timeout: VERSION_TIMEOUT_MS,
    });
    return /\bfrom (.+) \(Python/.exec(stdout)?.[1];
  } catch {
    return undefined;
  }
}

/**
 * Looks beside the package `mkdocs`: another interpreter on the path may have
 * the plugin while the one that runs `mkdocs` has not.
 */
async function hasTechdocsCore(mkdocsFolder: string): Promise<boolean> {
  const names = await readdir(dirname(mkdocsFolder)).catch(() => []);
  return names.some(name => /^mkdocs_techdocs_core-.*-info$/.test(name));
}

/**
 * Decides between Backstage's own generator and the built-in one.
 *
 * @param environment - of the process that would run `mkdocs`: its `PATH` is searched
 * @throws InputError when `waymark.techdocs.generator` is none of its values
 */
export async function chooseGenerator(
  config: Config,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<GeneratorChoice> {
  const wanted = config.getOptionalString(KEY) ?? 'auto';
  if (wanted === 'mkdocs' || wanted === 'builtin') {
    return { generator: wanted, reason: `${KEY} says so` };
  }
  if (wanted !== 'auto') {
    throw new InputError(
      `${KEY} is "${wanted}", it must be auto, mkdocs or builtin`,
    );
  }
  if (config.getOptionalString('techdocs.generator.runIn') !== 'local') {
    return {
      generator: 'mkdocs',
      reason: 'techdocs.generator.runIn is not local',
    };
  }
  const folder = await findMkdocs(environment);
  if (!folder) {
    return { generator: 'builtin', reason: 'there is no mkdocs on the path' };
  }
  const needsCore = !config.getOptionalBoolean(
    'techdocs.generator.mkdocs.omitTechdocsCorePlugin',
  );
  if (needsCore && !(await hasTechdocsCore(folder))) {
    return {
      generator: 'builtin',
      reason: `the mkdocs in ${folder} has no mkdocs-techdocs-core`,
    };
  }
  return { generator: 'mkdocs', reason: `found in ${folder}` };
}
