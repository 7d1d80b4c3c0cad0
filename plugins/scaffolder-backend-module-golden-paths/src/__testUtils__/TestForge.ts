import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigReader } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import { Octokit } from '@octokit/rest';
import { ForgeSeed, RunningForge, startForge } from '@waymark/local-forge';
import { Forge } from '../forge/Forge';

const user = (login: string) => ({
  login,
  name: login,
  email: `${login}@acme.example`,
});

const seed: ForgeSeed = {
  organization: {
    org: { login: 'acme', name: 'Acme', description: 'Payments' },
    users: [user('mina'), user('leo')],
    teams: [
      {
        slug: 'checkout',
        name: 'Checkout',
        description: 'The checkout',
        members: [{ login: 'mina', role: 'maintainer' }],
      },
      {
        slug: 'ledger',
        name: 'Ledger',
        description: 'The ledger',
        members: [{ login: 'leo', role: 'maintainer' }],
      },
    ],
    repositories: [],
  },
  writeRepositories: async () => {},
};

/** The local forge, empty but for an organisation, for one test file. */
export class TestForge {
  readonly running: RunningForge;
  readonly octokit: Octokit;
  readonly host: string;
  readonly integrations: ScmIntegrations;
  readonly forge: Forge;
  readonly #folder: string;

  static async start(): Promise<TestForge> {
    const folder = await mkdtemp(join(tmpdir(), 'waymark-golden-paths-'));
    const running = await startForge({ port: 0, dataDirectory: folder, seed });
    return new TestForge(folder, running);
  }

  private constructor(folder: string, running: RunningForge) {
    this.#folder = folder;
    this.running = running;
    this.host = `localhost:${running.port}`;
    this.octokit = new Octokit({
      auth: running.token,
      baseUrl: running.url,
      log: { debug() {}, info() {}, warn() {}, error() {} },
    });
    this.integrations = ScmIntegrations.fromConfig(
      new ConfigReader(this.config),
    );
    this.forge = Forge.create({ integrations: this.integrations });
  }

  get config() {
    const { url, token } = this.running;
    return {
      integrations: {
        github: [{ host: this.host, apiBaseUrl: url, rawBaseUrl: url, token }],
      },
    };
  }

  repoUrl(name: string): string {
    return `${this.host}?owner=acme&repo=${name}`;
  }

  /** A repository that no template made. */
  async makeForeign(name: string, empty = false): Promise<void> {
    await this.octokit.rest.repos.createInOrg({
      org: 'acme',
      name,
      auto_init: !empty,
    });
  }

  async exists(name: string): Promise<boolean> {
    const { data } = await this.octokit.rest.repos.listForOrg({
      org: 'acme',
      per_page: 100,
    });
    return data.some(repository => repository.name === name);
  }

  async stop(): Promise<void> {
    await this.running.close();
    await rm(this.#folder, { recursive: true, force: true });
  }
}
