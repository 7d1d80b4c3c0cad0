import { createBackend } from '@backstage/backend-defaults';
import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import {
  PROJECTION_NAMES,
  ProjectionName,
  ProjectionReport,
  rebuildPlugin,
} from '@waymark/scorecards-backend/engine';
import { guardedRootConfigServiceFactory } from '@waymark/waymark-node';

/** @see rebuild */
export interface RebuildRequest {
  /** Names of projections; all of them when empty. */
  only: readonly string[];
  /** Whether only to compare. */
  check: boolean;
  print: (line: string) => void;
}

// Nobody is answered, and the portal may be listening where this one would.
const silentHttpRouterServiceFactory = createServiceFactory({
  service: coreServices.rootHttpRouter,
  deps: {},
  factory: () => ({ use() {} }),
});

/**
 * Makes the projections of the portal anew from what they follow from, and puts right what differs. The configuration is
 * that of the process, as for a backend.
 *
 * @throws InputError when there is no such projection
 * @returns whether all were as they should be, or are now
 */
export async function rebuild(request: RebuildRequest): Promise<boolean> {
  const { check, print } = request;
  const only = request.only.map(toProjection);
  let isRight = true;
  const backend = createBackend();
  backend.add(guardedRootConfigServiceFactory);
  backend.add(silentHttpRouterServiceFactory);
  backend.add(
    rebuildPlugin({
      only,
      isRepairing: !check,
      onReport: report => {
        isRight &&= !check || report.differing === 0;
        inWords(report, check).forEach(print);
      },
    }),
  );
  await backend.start();
  await backend.stop();
  return isRight;
}

function toProjection(name: string): ProjectionName {
  const found = PROJECTION_NAMES.find(known => known === name);
  if (!found) {
    throw new InputError(
      `There is no projection "${name}": they are ${PROJECTION_NAMES.join(
        ', ',
      )}`,
    );
  }
  return found;
}

const number = new Intl.NumberFormat('en-US');

function inWords(report: ProjectionReport, check: boolean): string[] {
  const { projection, compared, differing, examples } = report;
  const compare = `${projection}: ${number.format(compared)} compared`;
  if (differing === 0) {
    return [`${compare}, all as they should be`];
  }
  const verdict = check ? 'not what they should be' : 'put right';
  const more = differing - examples.length;
  return [
    `${compare}, ${number.format(differing)} ${verdict}`,
    ...examples.map(example => `  ${example}`),
    ...(more > 0 ? [`  and ${number.format(more)} more`] : []),
  ];
}
