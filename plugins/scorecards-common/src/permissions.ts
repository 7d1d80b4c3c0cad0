import {
  createPermission,
  type BasicPermission,
  type ResourcePermission,
} from '@backstage/plugin-permission-common';

/**
 * To see scorecards, fact sources, and what is wrong with those that were refused.
 * @public
 */
export const scorecardsDefinitionReadPermission: BasicPermission =
  createPermission({
    name: 'scorecards.definition.read',
    attributes: { action: 'read' },
  });

/**
 * To see how the collectors of facts fare.
 * @public
 */
export const scorecardsCollectorReadPermission: BasicPermission =
  createPermission({
    name: 'scorecards.collector.read',
    attributes: { action: 'read' },
  });

/**
 * To have an entity looked at and evaluated at once.
 * @public
 */
export const scorecardsEntityEvaluatePermission: ResourcePermission<'catalog-entity'> =
  createPermission({
    name: 'scorecards.entity.evaluate',
    attributes: { action: 'update' },
    resourceType: 'catalog-entity',
  });

/**
 * To read the ledger of the scorecards.
 * @public
 */
export const scorecardsLedgerReadPermission: BasicPermission = createPermission(
  {
    name: 'scorecards.ledger.read',
    attributes: { action: 'read' },
  },
);

/**
 * To ask that a check does not count for an entity for a while.
 * @public
 */
export const scorecardsExemptionRequestPermission: ResourcePermission<'catalog-entity'> =
  createPermission({
    name: 'scorecards.exemption.request',
    attributes: { action: 'create' },
    resourceType: 'catalog-entity',
  });

/**
 * To decide about exemptions. About which ones is said by the definitions, and never about one's own.
 * @public
 */
export const scorecardsExemptionDecidePermission: BasicPermission =
  createPermission({
    name: 'scorecards.exemption.decide',
    attributes: { action: 'update' },
  });

/**
 * To see what a scorecard that is not in force would change, of all entities.
 * @public
 */
export const scorecardsDefinitionSimulatePermission: BasicPermission =
  createPermission({
    name: 'scorecards.definition.simulate',
    attributes: { action: 'read' },
  });

/**
 * Every permission of the scorecards. Results and facts have none of their own: who may read an entity in the catalog may
 * read what is known of it.
 *
 * @public
 */
export const scorecardsPermissions = [
  scorecardsDefinitionReadPermission,
  scorecardsDefinitionSimulatePermission,
  scorecardsCollectorReadPermission,
  scorecardsEntityEvaluatePermission,
  scorecardsLedgerReadPermission,
  scorecardsExemptionRequestPermission,
  scorecardsExemptionDecidePermission,
];
