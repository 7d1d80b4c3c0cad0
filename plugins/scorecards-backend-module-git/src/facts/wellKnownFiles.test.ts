import { isTestFile } from './testFiles';
import { isDockerfile, wellKnownFiles } from './wellKnownFiles';

describe('wellKnownFiles', () => {
  it.each([
    ['readme', 'README', ''],
    ['readme', 'readme.rst', ''],
    ['license', 'LICENCE.md', ''],
    ['license', 'COPYING', ''],
    ['license', 'LICENSE-APACHE', 'services/a'],
    ['securityPolicy', 'SECURITY.md', 'services/a'],
    ['securityPolicy', '.github/SECURITY.md', 'services/a'],
    ['securityPolicy', 'docs/security.md', ''],
    ['codeOwners', 'docs/CODEOWNERS', 'services/a'],
    ['dependabot', '.github/dependabot.yaml', ''],
    ['renovate', '.renovaterc.json', 'services/a'],
    ['dockerfile', 'services/a/build/Dockerfile.prod', 'services/a'],
    ['dockerfile', 'web.Dockerfile', ''],
    ['chart', 'services/a/deploy/chart/Chart.yaml', 'services/a'],
    ['runbook', 'docs/runbooks/outage.md', ''],
    ['runbook', 'runbook.adoc', ''],
    ['slo', 'ops/quotes.slo.yaml', ''],
    ['openApi', 'api/swagger.json', ''],
    ['openApi', 'quotes.openapi.yml', ''],
  ] as const)('finds the %s at %s', (name, path, folder) => {
    expect(wellKnownFiles(['other.txt', path], folder)).toMatchObject({
      [name]: path,
    });
  });

  it.each([
    ['readme', 'docs/README.md', ''],
    ['readme', 'README.md', 'services/a'],
    ['license', 'services/b/LICENSE', 'services/a'],
    ['license', 'licenses.json', ''],
    ['dockerfile', 'Dockerfile', 'services/a'],
    ['dockerfile', 'Dockerfile.dockerignore', ''],
    ['dockerfile', 'node_modules/x/Dockerfile', ''],
    ['chart', 'vendor/x/Chart.yaml', ''],
    ['dependabot', 'dependabot.yml', ''],
    ['slo', 'slow.yaml', ''],
    ['openApi', 'openapi.md', ''],
  ] as const)('takes no %s from %s', (name, path, folder) => {
    expect(wellKnownFiles([path], folder)).toMatchObject({ [name]: null });
  });

  it('takes the nearest file, and the CODEOWNERS that GitHub uses', () => {
    const paths = [
      'a/deep/Dockerfile',
      'b/Dockerfile',
      'a/Dockerfile',
      'CODEOWNERS',
      '.github/CODEOWNERS',
      'SECURITY.md',
      'services/a/SECURITY.md',
    ];
    for (const order of [paths, [...paths].reverse()]) {
      expect(wellKnownFiles(order, '')).toMatchObject({
        dockerfile: 'a/Dockerfile',
        codeOwners: '.github/CODEOWNERS',
        securityPolicy: 'SECURITY.md',
      });
      expect(wellKnownFiles(order, 'services/a').securityPolicy).toBe(
        'services/a/SECURITY.md',
      );
    }
  });
});

describe('isDockerfile', () => {
  it.each([
    ['Dockerfile', true],
    ['build/Containerfile', true],
    ['Dockerfile.dev', true],
    ['my-Dockerfile', false],
    ['Dockerfile/readme', false],
  ])('knows %s', (path, expected) => {
    expect(isDockerfile(path)).toBe(expected);
  });
});

describe('isTestFile', () => {
  it.each([
    ['src/a.test.ts', true],
    ['src/a-spec.mjs', true],
    ['pkg/a_test.go', true],
    ['tests/test_a.py', true],
    ['test_a.py', true],
    ['tests/unit/helpers.py', true],
    ['src/test/java/QuotesTest.java', true],
    ['src/QuotesIT.kt', true],
    ['spec/quotes_spec.rb', true],
    ['modules/db/db.tftest.hcl', true],
    ['test/run.sh', true],
    ['src/latest.ts', false],
    ['src/contest.go', false],
    ['tests/data.json', false],
    ['src/Attest.java', false],
    ['docs/testing.md', false],
  ])('knows %s', (path, expected) => {
    expect(isTestFile(path)).toBe(expected);
  });
});
