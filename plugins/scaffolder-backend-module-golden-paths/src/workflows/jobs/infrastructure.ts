import { StepsJob } from '../model';
import { checkout, hardenRunner } from './steps';

const TERRAFORM_VERSION = '1.13.3';

/** Checks the Terraform configuration as far as that needs no credentials. */
export function infrastructureJob(): StepsJob {
  return {
    name: 'Check the infrastructure',
    timeoutMinutes: 10,
    permissions: { contents: 'read' },
    steps: [
      hardenRunner(),
      checkout(),
      {
        name: 'Set up Terraform',
        uses: 'hashicorp/setup-terraform',
        with: {
          terraform_version: TERRAFORM_VERSION,
          terraform_wrapper: false,
        },
      },
      {
        name: 'Check the format',
        run: 'terraform fmt -check -diff -recursive infra',
      },
    ],
  };
}
