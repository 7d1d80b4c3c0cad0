import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ConfigReader } from '@backstage/config';
import {
  DefaultGithubCredentialsProvider,
  ScmIntegrations,
} from '@backstage/integration';
import { mockServices } from '@backstage/backend-test-utils';
import { UrlReaders } from '@backstage/backend-defaults/urlReader';
import {
  GithubEntityProvider,
  GithubMultiOrgEntityProvider,
} from '@backstage/plugin-catalog-backend-module-github';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  createGithubActionsDispatchAction,
  createGithubAutolinksAction,
  createGithubBranchProtectionAction,
  createGithubDeployKeyAction,
  createGithubEnvironmentAction,
  createGithubIssuesCreateAction,
  createGithubIssuesLabelAction,
  createGithubPagesEnableAction,
  createGithubRepoCreateAction,
  createGithubRepoPushAction,
  createGithubWebhookAction,
  createPublishGithubAction,
  createPublishGithubPullRequestAction,
} from '@backstage/plugin-scaffolder-backend-module-github';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { TemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  apiOf,
  CATALOG_INFO,
  startTestForge,
  temporaryDirectory,
} from './fixture';

jest.setTimeout(90_000);

type MockContext = ReturnType<typeof createMockActionContext>;

let forge: Awaited<ReturnType<typeof startTestForge>>;
let api: ReturnType<typeof apiOf>;
let workspacePath: string;
let config: ConfigReader;
let integrations: ScmIntegrations;
let host: string;

beforeAll(async () => {
  forge = await startTestForge();
  api = apiOf(forge);
  host = `localhost:${forge.port}`;
  config = new ConfigReader({
    integrations: {
      github: [
        {
          host,
          apiBaseUrl: forge.url,
          rawBaseUrl: forge.url,
          token: forge.token,
        },
      ],
    },
    catalog: {
      providers: {
        github: {
          acme: {
            host,
            organization: 'acme',
            catalogPath: '/catalog-info.yaml',
            validateLocationsExist: true,
          },
          wildcard: {
            host,
            organization: 'acme',
            catalogPath: '/**/catalog-info.yaml',
            filters: { topic: { include: ['payments'] } },
          },
        },
      },
    },
  });
  integrations = ScmIntegrations.fromConfig(config);
  workspacePath = await temporaryDirectory('workspace');
  await mkdir(join(workspacePath, 'src'));
  await writeFile(join(workspacePath, 'README.md'), '# Made by a template\n');
  await writeFile(join(workspacePath, 'src/index.ts'), 'export {};\n');
});

afterAll(async () => {
  await forge.close();
  await rm(workspacePath, { recursive: true, force: true });
});

describe('actions of the scaffolder', () => {
  const outputs: Record<string, unknown> = {};

  async function run(
    create: (options: any) => TemplateAction<any, any, any>,
    input: MockContext['input'],
  ): Promise<void> {
    const action = create({
      integrations,
      config,
      githubCredentialsProvider:
        DefaultGithubCredentialsProvider.fromIntegrations(integrations),
      catalog: catalogServiceMock(),
    });
    await action.handler({
      ...createMockActionContext({ input, workspacePath }),
      output: (name, value) => void (outputs[String(name)] = value),
    });
  }

  const repoUrl = (repo: string) => `${host}?owner=acme&repo=${repo}`;

  it('publish:github makes, pushes, shares and protects a repository', async () => {
    await run(createPublishGithubAction, {
      repoUrl: repoUrl('published'),
      description: 'From a template',
      repoVisibility: 'private',
      access: 'acme/payments',
      collaborators: [{ user: 'sofia', access: 'triage' }],
      topics: ['Service', 'paved-road'],
      repoVariables: { REGION: 'eu' },
      secrets: { TOKEN: 'very secret' },
      defaultBranch: 'main',
      gitCommitMessage: 'Start from the template',
      requireCodeOwnerReviews: true,
      requiredStatusCheckContexts: ['build'],
      subscribe: true,
      oidcCustomization: { useDefault: false, includeClaimKeys: ['repo'] },
    });
    const { body: repository } = await api('GET', '/repos/acme/published');
    expect(repository).toMatchObject({
      private: true,
      description: 'From a template',
      topics: ['service', 'paved-road'],
    });
    expect(outputs.remoteUrl).toBe(`${forge.url}/acme/published.git`);
    const { body: commits } = await api('GET', '/repos/acme/published/commits');
    expect(commits).toHaveLength(1);
    expect(commits[0].sha).toBe(outputs.commitHash);
    expect(commits[0].commit.message.trim()).toBe('Start from the template');
    const { body: protection } = await api(
      'GET',
      '/repos/acme/published/branches/main/protection',
    );
    expect(protection).toMatchObject({
      enforce_admins: { enabled: true },
      required_status_checks: { strict: true, contexts: ['build'] },
      required_pull_request_reviews: {
        require_code_owner_reviews: true,
        required_approving_review_count: 1,
      },
    });
    const { body: secrets } = await api(
      'GET',
      '/repos/acme/published/actions/secrets',
    );
    expect(secrets.secrets.map(({ name }: any) => name)).toEqual(['TOKEN']);
    const { body: variable } = await api(
      'GET',
      '/repos/acme/published/actions/variables/REGION',
    );
    expect(variable.value).toBe('eu');
    const { body: permission } = await api(
      'GET',
      '/repos/acme/published/collaborators/leo/permission',
    );
    expect(permission.permission).toBe('admin');
    const journal = await readFile(
      join(forge.dataDirectory, 'journal.ndjson'),
      'utf8',
    );
    expect(journal).not.toContain('very secret');
  });

  it('github:repo:create and github:repo:push do it in two steps', async () => {
    await run(createGithubRepoCreateAction, {
      repoUrl: repoUrl('stepwise'),
      repoVisibility: 'public',
    });
    await run(createGithubRepoPushAction, {
      repoUrl: repoUrl('stepwise'),
      protectDefaultBranch: false,
      defaultBranch: 'main',
      gitAuthorName: 'Mina Okafor',
      gitAuthorEmail: 'mina@acme.example',
    });
    const { body: commits } = await api('GET', '/repos/acme/stepwise/commits');
    expect(commits[0].author.login).toBe('mina');
  });

  it('github:branch-protection protects a branch', async () => {
    await run(createGithubBranchProtectionAction, {
      repoUrl: repoUrl('stepwise'),
      branch: 'main',
      requiredApprovingReviewCount: 2,
      requiredCommitSigning: true,
    });
    const { body } = await api(
      'GET',
      '/repos/acme/stepwise/branches/main/protection',
    );
    expect(body.required_signatures.enabled).toBe(true);
    expect(
      body.required_pull_request_reviews.required_approving_review_count,
    ).toBe(2);
  });

  it('publish:github:pull-request opens a pull request with reviewers, once', async () => {
    const input = {
      repoUrl: repoUrl('payments-api'),
      branchName: 'from-template',
      title: 'Adopt the paved road',
      description: 'Adds a file',
      targetPath: 'generated',
      filesToDelete: ['../docs/index.md'],
      reviewers: ['leo'],
      teamReviewers: ['payments'],
      assignees: ['mina'],
    };
    await run(createPublishGithubPullRequestAction, input);
    const number = outputs.pullRequestNumber as number;
    const { body: pull } = await api(
      'GET',
      `/repos/acme/payments-api/pulls/${number}`,
    );
    expect(pull).toMatchObject({
      title: 'Adopt the paved road',
      changed_files: 3,
      mergeable: true,
      requested_reviewers: [{ login: 'leo' }],
      requested_teams: [{ slug: 'payments' }],
    });
    const { body: files } = await api(
      'GET',
      `/repos/acme/payments-api/pulls/${number}/files`,
    );
    expect(
      files.map(({ filename, status }: any) => `${status} ${filename}`),
    ).toEqual([
      'removed docs/index.md',
      'added generated/README.md',
      'added generated/src/index.ts',
    ]);
    await expect(
      run(createPublishGithubPullRequestAction, input),
    ).rejects.toThrow('already exists');
    await run(createPublishGithubPullRequestAction, { ...input, update: true });
    expect(outputs.pullRequestNumber).toBe(number);
  });

  it('github:issues:create and github:issues:label', async () => {
    await run(createGithubIssuesCreateAction, {
      repoUrl: repoUrl('payments-api'),
      title: 'From a template',
      body: 'Please look',
      labels: ['bug'],
      assignees: ['mina'],
    });
    await run(createGithubIssuesLabelAction, {
      repoUrl: repoUrl('payments-api'),
      number: Number(outputs.issueNumber),
      labels: ['paved-road'],
    });
    const { body: issue } = await api(
      'GET',
      `/repos/acme/payments-api/issues/${outputs.issueNumber}`,
    );
    expect(issue.title).toBe('From a template');
    expect(issue.labels.map(({ name }: any) => name)).toEqual([
      'bug',
      'paved-road',
    ]);
  });

  it('github:environment:create with policies, secrets and variables', async () => {
    await run(createGithubEnvironmentAction, {
      repoUrl: repoUrl('payments-api'),
      name: 'staging',
      deploymentBranchPolicy: {
        protected_branches: false,
        custom_branch_policies: true,
      },
      customBranchPolicyNames: ['main'],
      customTagPolicyNames: ['v*'],
      environmentVariables: { LEVEL: 'info' },
      secrets: { KEY: 'value' },
      waitTimer: 10,
    });
    const base = '/repos/acme/payments-api/environments/staging';
    const { body: environment } = await api('GET', base);
    expect(environment.protection_rules).toHaveLength(2);
    const { body: policies } = await api(
      'GET',
      `${base}/deployment-branch-policies`,
    );
    expect(
      policies.branch_policies.map(({ name, type }: any) => [name, type]),
    ).toEqual([
      ['main', 'branch'],
      ['v*', 'tag'],
    ]);
    const { body: secrets } = await api('GET', `${base}/secrets`);
    expect(secrets.total_count).toBe(1);
  });

  it('github:webhook, deployKey, autolinks, pages, actions:dispatch', async () => {
    await run(createGithubWebhookAction, {
      repoUrl: repoUrl('stepwise'),
      webhookUrl: 'http://127.0.0.1:9/hook',
      webhookSecret: 'hush',
      events: ['push'],
    });
    await run(createGithubDeployKeyAction, {
      repoUrl: repoUrl('stepwise'),
      publicKey: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ8 deploy',
      privateKey: 'never leaves',
      deployKeyName: 'deploy',
    });
    await run(createGithubAutolinksAction, {
      repoUrl: repoUrl('stepwise'),
      keyPrefix: 'PAY-',
      urlTemplate: 'https://tickets.example/PAY-<num>',
    });
    await run(createGithubPagesEnableAction, {
      repoUrl: repoUrl('stepwise'),
      buildType: 'workflow',
      sourceBranch: 'main',
    });
    await run(createGithubActionsDispatchAction, {
      repoUrl: repoUrl('payments-api'),
      workflowId: 'ci.yaml',
      branchOrTagName: 'main',
    });
    const count = async (path: string) =>
      (await api('GET', `/repos/acme/stepwise/${path}`)).body.length;
    expect(await count('hooks')).toBe(1);
    expect(await count('keys')).toBe(1);
    expect(await count('autolinks')).toBe(1);
    expect((await api('GET', '/repos/acme/stepwise/pages')).status).toBe(200);
    await expect(
      run(createGithubActionsDispatchAction, {
        repoUrl: repoUrl('payments-api'),
        workflowId: 'absent.yaml',
        branchOrTagName: 'main',
      }),
    ).rejects.toThrow('Not Found');
  });
});

describe('the URL reader', () => {
  const reader = () =>
    UrlReaders.default({ logger: mockServices.logger.mock(), config });
  const url = (path: string) => `${forge.url}/acme/payments-api/${path}`;

  it('reads a file, and knows when it did not change', async () => {
    const file = await reader().readUrl(url('blob/main/catalog-info.yaml'));
    expect((await file.buffer()).toString()).toBe(CATALOG_INFO);
    await expect(
      reader().readUrl(url('blob/main/catalog-info.yaml'), { etag: file.etag }),
    ).rejects.toMatchObject({ name: 'NotModifiedError' });
    await expect(reader().readUrl(url('blob/main/nothing'))).rejects.toThrow(
      '404',
    );
  });

  it('reads a tree and searches with wildcards', async () => {
    const tree = await reader().readTree(url('tree/main/.github'));
    const files = await tree.files();
    expect(files.map(file => file.path).sort()).toEqual([
      'CODEOWNERS',
      'workflows/ci.yaml',
    ]);
    await expect(
      reader().readTree(url('tree/main'), { etag: tree.etag }),
    ).rejects.toMatchObject({ name: 'NotModifiedError' });
    const found = await reader().search(url('blob/main/**/*.{md,yaml}'));
    expect(found.files.map(file => file.url).sort()).toEqual([
      url('blob/main/README.md'),
      url('blob/main/catalog-info.yaml'),
      url('blob/main/docs/index.md'),
    ]);
    const catalogInfo = found.files.find(file =>
      file.url.endsWith('catalog-info.yaml'),
    );
    expect((await catalogInfo!.content()).toString()).toBe(CATALOG_INFO);
  });

  it('reads raw files without a token', async () => {
    const anonymous = new ConfigReader({
      integrations: { github: [{ host, rawBaseUrl: forge.url }] },
    });
    const file = await UrlReaders.default({
      logger: mockServices.logger.mock(),
      config: anonymous,
    }).readUrl(url('blob/main/catalog-info.yaml'));
    expect((await file.buffer()).toString()).toBe(CATALOG_INFO);
  });
});

describe('providers of the catalog', () => {
  const logger = mockServices.logger.mock();
  logger.child.mockReturnValue(logger);
  const connection = () => ({
    applyMutation: jest.fn(),
    refresh: jest.fn(),
  });

  it('GithubEntityProvider finds catalog files, also by wildcard', async () => {
    const providers = GithubEntityProvider.fromConfig(config, {
      logger,
      schedule: { run: async () => {} },
    });
    for (const provider of providers) {
      const target = connection();
      await provider.connect(target);
      await provider.refresh(logger);
      const [[mutation]] = target.applyMutation.mock.calls;
      expect(
        mutation.entities.map(({ entity }: any) => entity.spec.target),
      ).toEqual([
        `${forge.url}/acme/payments-api/blob/main/${
          provider.getProviderName().endsWith('wildcard')
            ? '**/catalog-info.yaml'
            : 'catalog-info.yaml'
        }`,
      ]);
    }
  });

  it('GithubMultiOrgEntityProvider reads people and nested teams', async () => {
    const provider = GithubMultiOrgEntityProvider.fromConfig(config, {
      id: 'acme',
      githubUrl: forge.url,
      orgs: ['acme'],
      logger,
      schedule: 'manual',
      pageSizes: { teams: 2, organizationMembers: 50 },
      alwaysUseDefaultNamespace: true,
    });
    const target = connection();
    await provider.connect(target);
    await provider.read();
    const [[mutation]] = target.applyMutation.mock.calls;
    const entities = mutation.entities.map(({ entity }: any) => entity);
    const names = (kind: string) =>
      entities
        .filter((entity: any) => entity.kind === kind)
        .map((entity: any) => entity.metadata.name)
        .sort();
    expect(names('User')).toEqual(['leo', 'mina', 'sofia']);
    expect(names('Group')).toEqual(['audit', 'checkout', 'payments']);
    const checkout = entities.find(
      (entity: any) => entity.metadata.name === 'checkout',
    );
    expect(checkout.spec).toMatchObject({
      parent: 'payments',
      members: ['default/mina'],
      profile: { displayName: 'Checkout' },
    });
    const mina = entities.find(
      (entity: any) => entity.metadata.name === 'mina',
    );
    expect(mina.spec.profile).toMatchObject({
      displayName: 'Mina Okafor',
      email: 'mina@acme.example',
    });
  });
});
