import { Config } from '@backstage/config';
import {
  checkClock,
  checkNetwork,
  checkSecrets,
  checkSignIn,
  checkSourceControl,
  checkStorage,
} from './checks';
import { ProductionFinding } from './types';

const CHECKS = [
  checkSignIn,
  checkSecrets,
  checkStorage,
  checkSourceControl,
  checkNetwork,
  checkClock,
];

/**
 * Everything in a configuration that must not run in production; empty when it may.
 * @public
 */
export function inspectProductionConfig(config: Config): ProductionFinding[] {
  return CHECKS.flatMap(check => check(config));
}

/**
 * The findings as one block of text that an operator can work through from top to bottom.
 * @public
 */
export function describeProductionFindings(
  findings: ProductionFinding[],
): string {
  const lines = findings.map(
    ({ key, problem, remedy }, index) =>
      `  ${index + 1}. ${key} ${problem}.\n     → ${remedy}.`,
  );
  return [
    `Waymark does not start: NODE_ENV is production, and ${
      findings.length
    } setting${findings.length === 1 ? ' is' : 's are'} not fit for it.`,
    ...lines,
  ].join('\n');
}
