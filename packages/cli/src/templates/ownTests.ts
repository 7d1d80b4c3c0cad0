import { runProgram } from '../programs';
import { Finding } from './Finding';
import { alertTests, Judge } from './judges';

/** A cold install of packages on a slow network is in it. */
const SECONDS = 600;

/** What `yarn` and `npm` tell their children about this repository. */
const FOREIGN =
  /^(npm_(package|lifecycle)_|npm_config_((local|global)_prefix|user_agent)$|INIT_CWD$|PROJECT_CWD$|BERRY_)/;

/** The environment of a person who has just cloned the repository. */
const cleanEnvironment = (): NodeJS.ProcessEnv =>
  Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !FOREIGN.test(name)),
  );

function suite(
  name: string,
  programs: readonly string[],
  marker: string,
  commands: readonly (readonly string[])[],
): Judge {
  return {
    name,
    programs,
    async judge({ folder, paths }): Promise<Finding[] | undefined> {
      if (!paths.includes(marker)) return undefined;
      for (const [command, ...args] of commands) {
        const { code, stdout, stderr } = await runProgram(command, args, {
          cwd: folder,
          env: cleanEnvironment(),
          seconds: SECONDS,
        });
        if (code !== 0) {
          return [
            {
              place: marker,
              rule: `tests/${name}`,
              message: `${[command, ...args].join(
                ' ',
              )} ended with ${code}:\n${`${stdout}\n${stderr}`
                .trim()
                .split('\n')
                .slice(-40)
                .join('\n')}`,
            },
          ];
        }
      }
      return [];
    },
  };
}

/** The tests and linters that a generated service brings itself. */
export const OWN_TESTS: readonly Judge[] = [
  alertTests,
  suite('go test', ['go'], 'go.mod', [
    ['go', 'vet', './...'],
    ['go', 'test', './...'],
  ]),
  suite('npm test', ['npm'], 'package-lock.json', [
    ['npm', 'ci', '--no-audit', '--no-fund', '--loglevel=error'],
    ['npm', 'run', 'lint', '--if-present'],
    ['npm', 'test'],
  ]),
];
