import { initiativeKind } from '@waymark/initiatives-common';
import { riskModelKind } from '@waymark/risk-engine-common';
import { factSourceKind, scorecardKind } from '@waymark/scorecards-common';
import { DefinitionKind } from '@waymark/waymark-common';

/** The kinds of group `waymark.dev/v1`, by name. */
export const definitionKinds: ReadonlyMap<string, DefinitionKind> = new Map(
  [scorecardKind, factSourceKind, riskModelKind, initiativeKind].map(
    (definition): [string, DefinitionKind] => [definition.kind, definition],
  ),
);
