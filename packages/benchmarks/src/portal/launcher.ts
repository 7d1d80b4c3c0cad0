import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/** A portal started by `npm start`'s own command. */
export interface RunningPortal {
  readonly url: string;
  readonly forgeUrl: string;
  readonly secondsToReady: number;
  stop(): Promise<void>;
}

/** A call of the portal's API as one of the personas. */
export type CallPortal = (method: string, path: string) => Promise<unknown>;

/** What the benchmarks use of the launcher in `scripts/lib`, which is plain JavaScript outside of all packages. */
interface LauncherModules {
  portalProcess: {
    startPortalProcess(options: {
      state: string;
      port: number;
      forgePort: number;
      cwd?: string;
      quiet?: boolean;
    }): Promise<RunningPortal>;
  };
  portalClient: {
    signInByApi(url: string, login: string): Promise<CallPortal>;
    eventually<T>(work: () => Promise<T>, seconds: number): Promise<T>;
  };
  gitAccess: {
    gitEnvironment(forgeUrl: string, token: string): NodeJS.ProcessEnv;
  };
  freePort: { freePort(): Promise<number> };
  browser: {
    findBrowser(): Promise<{ path: string; args: string[] } | undefined>;
  };
  runFolder: { keepTemporaryFilesTogether(): Promise<void> };
  guardian: { endGuarded(): Promise<void> };
  postgres: {
    startPostgres(options: { durable: boolean }): Promise<{
      connectionString: string;
      version: string;
      stop(): Promise<void>;
    }>;
  };
}

/** The checkout that this package lies in. */
export const repositoryRoot = resolve(
  require.resolve('@waymark/benchmarks/package.json'),
  '../../..',
);

/** A module of the launcher; the launcher is the thing measured, so it is used as it is. */
export function launcher<Name extends keyof LauncherModules>(
  name: Name,
): Promise<LauncherModules[Name]> {
  return import(
    pathToFileURL(join(repositoryRoot, `scripts/lib/${name}.mjs`)).href
  );
}
