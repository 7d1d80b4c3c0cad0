import { Job, StepsJob } from '../model';
import { ServicePipeline } from '../ServicePipeline';
import { checkout, hardenRunner, setUpLanguage } from './steps';

/** Looks for weaknesses in the source, its dependencies, its history and its configuration. */
export function scanJobs(pipeline: ServicePipeline): Record<string, Job> {
  return {
    'code-scan': codeScan(pipeline),
    'dependency-review': dependencyReview(),
    'dependency-scan': dependencyScan(),
    'secret-scan': secretScan(),
    'configuration-scan': configurationScan(),
  };
}

function codeScan(pipeline: ServicePipeline): StepsJob {
  const isGo = pipeline.language === 'go';
  return {
    name: 'Scan the code',
    timeoutMinutes: 30,
    permissions: { contents: 'read', 'security-events': 'write' },
    steps: [
      hardenRunner(),
      checkout(),
      ...(isGo ? [setUpLanguage(pipeline)] : []),
      {
        name: 'Prepare CodeQL',
        uses: 'github/codeql-action/init',
        with: {
          languages: isGo ? 'go' : 'javascript-typescript',
          'build-mode': isGo ? 'autobuild' : 'none',
          queries: 'security-extended',
        },
        controls: ['sast'],
      },
      {
        name: 'Analyse',
        uses: 'github/codeql-action/analyze',
        controls: ['sast'],
      },
    ],
  };
}

function dependencyReview(): StepsJob {
  return {
    name: 'Review new dependencies',
    // It compares two commits, so there must be a pull request.
    if: "github.event_name == 'pull_request'",
    timeoutMinutes: 10,
    permissions: { contents: 'read' },
    steps: [
      hardenRunner(),
      checkout(),
      {
        name: 'Compare with the base branch',
        uses: 'actions/dependency-review-action',
        with: { 'fail-on-severity': 'moderate' },
        controls: ['dependency-review'],
      },
    ],
  };
}

function dependencyScan(): StepsJob {
  return {
    name: 'Scan the dependencies',
    timeoutMinutes: 10,
    permissions: { contents: 'read' },
    steps: [
      hardenRunner(),
      checkout(),
      {
        name: 'Look up known vulnerabilities',
        uses: 'google/osv-scanner-action/osv-scanner-action',
        with: { 'scan-args': '--recursive\n./\n' },
        controls: ['sca'],
      },
    ],
  };
}

function secretScan(): StepsJob {
  return {
    name: 'Look for secrets',
    timeoutMinutes: 10,
    permissions: { contents: 'read' },
    steps: [
      hardenRunner(),
      // The whole history: a secret that was removed is still a secret that leaked.
      checkout({ 'fetch-depth': 0 }),
      {
        name: 'Scan every commit',
        uses: 'gitleaks/gitleaks-action',
        env: {
          GITHUB_TOKEN: '${{ github.token }}',
          GITLEAKS_ENABLE_COMMENTS: 'false',
          GITLEAKS_LICENSE: '${{ vars.GITLEAKS_LICENSE }}',
        },
        controls: ['secret-scanning'],
      },
    ],
  };
}

function configurationScan(): StepsJob {
  return {
    name: 'Scan the configuration',
    timeoutMinutes: 10,
    permissions: { contents: 'read' },
    steps: [
      hardenRunner(),
      checkout(),
      {
        name: 'Scan Dockerfile, chart and Terraform',
        uses: 'aquasecurity/trivy-action',
        with: {
          'scan-type': 'config',
          'scan-ref': '.',
          severity: 'HIGH,CRITICAL',
          'exit-code': '1',
        },
        controls: ['iac-scanning'],
      },
    ],
  };
}
