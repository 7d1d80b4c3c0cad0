import { Judge } from './Judge';
import { helmLint, helmTemplate, kubeconform } from './kubernetes';
import { catalogInfo, dockerfilelint, spectral, text } from './libraries';
import { gitleaks, gofmt, terraformFmt, yamllint } from './programs';
import { alertRules } from './prometheus';
import { actionlint, zizmor } from './workflows';

export type { Judge, Output } from './Judge';
export { alertTests } from './prometheus';

/** Those of workflows, which this repository has too. */
export const WORKFLOW_JUDGES: readonly Judge[] = [actionlint, zizmor];

/** Everybody who judges what templates generate. */
export const JUDGES: readonly Judge[] = [
  text,
  catalogInfo,
  ...WORKFLOW_JUDGES,
  helmLint,
  helmTemplate,
  kubeconform,
  terraformFmt,
  dockerfilelint,
  gofmt,
  spectral,
  gitleaks,
  yamllint,
  alertRules,
];
