import { BackEnd } from '@waymark/golden-paths-common';
import { z } from 'zod';
import { serviceSchema, Step, StepsJob } from '../model';
import { ServicePipeline } from '../ServicePipeline';
import { checkout, hardenRunner, setUpLanguage } from './steps';

const GOLANGCI_LINT_VERSION = 'v2.13.2';

const script = (name: string, run: string, controls?: string[]): Step => ({
  name,
  run,
  controls,
});

const GO: Step[] = [
  script('Verify the modules', 'go mod verify'),
  script('Build', 'make build'),
  {
    name: 'Lint',
    uses: 'golangci/golangci-lint-action',
    with: { version: GOLANGCI_LINT_VERSION },
  },
  script('Test', 'make test', ['automated-tests']),
];

const NODE: Step[] = [
  script('Install', 'npm ci'),
  script('Build', 'npm run build'),
  script('Lint', 'npm run lint'),
  script('Test', 'npm test', ['automated-tests']),
];

interface BackEndInCi {
  services?: Record<string, z.infer<typeof serviceSchema>>;
  env?: Record<string, string>;
}

const BACK_ENDS: Record<BackEnd, BackEndInCi> = {
  none: {},
  postgresql: {
    services: {
      postgresql: {
        image: 'postgres:17.6-bookworm',
        // Reachable from this job only, and gone with it: there is nothing a password would protect.
        env: { POSTGRES_HOST_AUTH_METHOD: 'trust' },
        ports: ['5432:5432'],
        options:
          '--health-cmd "pg_isready --username postgres" --health-interval 2s --health-timeout 5s --health-retries 30',
      },
    },
    env: {
      DATABASE_URL:
        'postgres://postgres@localhost:5432/postgres?sslmode=disable',
    },
  },
  queue: {
    services: {
      kafka: {
        image: 'apache/kafka:4.1.0',
        ports: ['9092:9092'],
        options:
          '--health-cmd "/opt/kafka/bin/kafka-broker-api-versions.sh --bootstrap-server localhost:9092" --health-interval 5s --health-timeout 10s --health-retries 12',
      },
    },
    env: { KAFKA_BROKERS: 'localhost:9092' },
  },
};

/** Build, lint, unit and integration tests, beside the service's real back end. */
export function testJob(pipeline: ServicePipeline): StepsJob {
  const backEnd = BACK_ENDS[pipeline.backend];
  return {
    name: 'Build and test',
    timeoutMinutes: 20,
    permissions: { contents: 'read' },
    services: backEnd.services,
    env: backEnd.env,
    steps: [
      hardenRunner(),
      checkout(),
      setUpLanguage(pipeline),
      ...(pipeline.language === 'go' ? GO : NODE),
    ],
  };
}
