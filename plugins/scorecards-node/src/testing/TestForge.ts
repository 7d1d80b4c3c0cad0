import { ConfigReader } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import { Octokit } from '@octokit/rest';
import { ForgeSeed, RunningForge, startForge } from '@waymark/local-forge';
import { RepositoryName } from '@waymark/waymark-common';
import { GithubClients } from '@waymark/waymark-node';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TestClone } from './TestClone';

const seed: ForgeSeed = {
  organization: {
    org: { login: 'acme', name: 'Acme', description: 'Payments' },
    users: ['mina', 'leo'].map(login => ({
      login,
      name: login,
      email: `${login}@acme.example`,
    })),
    teams: [],
    repositories: [],
  },
  writeRepositories: async () => {},
};

/** Clients as a configured integration gives them. */
export function githubClients(integration: {
  host: string;
  apiBaseUrl: string;
  token: string;
}): GithubClients {
  const config = new ConfigReader({ integrations: { github: [integration] } });
  return GithubClients.create({
    integrations: ScmIntegrations.fromConfig(config),
  });
}

/** The local forge with the organisation `acme`, which has no repository yet, for one test file. */
export class TestForge {
  readonly octokit: Octokit;
  readonly host: string;
  readonly #running: RunningForge;
  readonly #folder: string;

  static async start(): Promise<TestForge> {
    const folder = await mkdtemp(join(tmpdir(), 'waymark-collectors-'));
    const dataDirectory = join(folder, 'forge');
    return new TestForge(
      folder,
      await startForge({ port: 0, dataDirectory, seed }),
    );
  }

  private constructor(folder: string, running: RunningForge) {
    this.#folder = folder;
    this.#running = running;
    this.host = `localhost:${running.port}`;
    this.octokit = new Octokit({
      auth: running.token,
      baseUrl: running.url,
      log: { debug() {}, info() {}, warn() {}, error() {} },
    });
  }

  /** Web address. */
  get url(): string {
    return this.#running.url;
  }

  /** Clients as the portal has them. */
  clients(token = this.#running.token): GithubClients {
    return githubClients({ host: this.host, apiBaseUrl: this.url, token });
  }

  named(repository: string): RepositoryName {
    return { host: this.host, owner: 'acme', repository };
  }

  /** Makes a repository, empty, and a working copy of it. */
  async create(name: string): Promise<TestClone> {
    await this.octokit.rest.repos.createInOrg({ org: 'acme', name });
    const { token } = this.#running;
    const origin = this.url.replace('://', `://x-access-token:${token}@`);
    return TestClone.of(
      `${origin}/acme/${name}.git`,
      await mkdtemp(join(this.#folder, 'clone-')),
    );
  }

  async stop(): Promise<void> {
    await this.#running.close();
    await rm(this.#folder, { recursive: true, force: true });
  }
}
