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
    const { url } = this.#running;
    const config = new ConfigReader({
      integrations: { github: [{ host: this.host, apiBaseUrl: url, token }] },
    });
    return GithubClients.create({
      integrations: ScmIntegrations.fromConfig(config),
    });
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
