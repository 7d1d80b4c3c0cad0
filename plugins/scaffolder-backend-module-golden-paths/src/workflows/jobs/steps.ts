import { ActionStep } from '../model';
import { ServicePipeline } from '../ServicePipeline';

/** Every job begins with it: it records what the job talks to. */
export function hardenRunner(): ActionStep {
  return {
    name: 'Watch what the job connects to',
    uses: 'step-security/harden-runner',
    with: { 'egress-policy': 'audit' },
  };
}

/** Without credentials left behind in the checkout. */
export function checkout(inputs: Record<string, number> = {}): ActionStep {
  return {
    name: 'Check out',
    uses: 'actions/checkout',
    with: { 'persist-credentials': false, ...inputs },
  };
}

/** The toolchain in the version that the repository names. */
export function setUpLanguage({ language }: ServicePipeline): ActionStep {
  return language === 'go'
    ? {
        name: 'Set up Go',
        uses: 'actions/setup-go',
        with: { 'go-version-file': 'go.mod' },
      }
    : {
        name: 'Set up Node.js',
        uses: 'actions/setup-node',
        with: { 'node-version-file': '.nvmrc', cache: 'npm' },
      };
}
