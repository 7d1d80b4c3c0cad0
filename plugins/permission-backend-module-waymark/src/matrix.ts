import {
  catalogEntityCreatePermission,
  catalogEntityDeletePermission,
  catalogEntityReadPermission,
  catalogEntityRefreshPermission,
  catalogEntityValidatePermission,
  catalogIngestionManagePermission,
  catalogIngestionReadPermission,
  catalogLocationAnalyzePermission,
  catalogLocationCreatePermission,
  catalogLocationDeletePermission,
  catalogLocationReadPermission,
} from '@backstage/plugin-catalog-common/alpha';
import {
  kubernetesClustersReadPermission,
  kubernetesProxyPermission,
  kubernetesResourcesReadPermission,
} from '@backstage/plugin-kubernetes-common';
import { Permission } from '@backstage/plugin-permission-common';
import {
  actionExecutePermission,
  taskCancelPermission,
  taskCreatePermission,
  taskReadPermission,
  templateDryRunPermission,
  templateManagementPermission,
  templateParameterReadPermission,
  templateStepReadPermission,
} from '@backstage/plugin-scaffolder-common/alpha';
import {
  scorecardsCollectorReadPermission,
  scorecardsDefinitionReadPermission,
  scorecardsDefinitionSimulatePermission,
  scorecardsEntityEvaluatePermission,
  scorecardsExemptionDecidePermission,
  scorecardsExemptionRequestPermission,
  scorecardsLedgerReadPermission,
} from '@waymark/scorecards-common';
import { Role } from '@waymark/waymark-node';

/** Who may do one thing. Nobody who is not signed in, ever. */
export interface Audience {
  /** Everybody who is signed in; or only those of whom the resource says so, or nobody but the roles. */
  users: 'all' | 'entityOwners' | 'taskCreators' | 'none';
  /** Roles that may do it to every resource, whatever `users` says. */
  roles: Role[];
  /** Changes something: who holds the role `audit` may not, whatever else they are. */
  writes: boolean;
}

const READ: Audience = { users: 'all', roles: [], writes: false };
const WRITE: Audience = { users: 'all', roles: [], writes: true };
const PLATFORM_READ: Audience = {
  users: 'none',
  roles: ['platform'],
  writes: false,
};
const OVERSIGHT: Audience = {
  users: 'none',
  roles: ['platform', 'security', 'audit'],
  writes: false,
};
const PLATFORM: Audience = { users: 'none', roles: ['platform'], writes: true };

const ROWS: Array<[Permission, Audience]> = [
  [catalogEntityReadPermission, READ],
  [catalogEntityValidatePermission, READ],
  [catalogLocationReadPermission, READ],
  [
    catalogEntityRefreshPermission,
    { users: 'entityOwners', roles: ['platform'], writes: true },
  ],
  // What the catalog holds is decided in Git, by discovery. Adding and removing by hand is for repairs.
  [catalogEntityCreatePermission, PLATFORM],
  [catalogEntityDeletePermission, PLATFORM],
  [catalogLocationCreatePermission, PLATFORM],
  [catalogLocationDeletePermission, PLATFORM],
  [catalogLocationAnalyzePermission, PLATFORM],
  [catalogIngestionReadPermission, PLATFORM_READ],
  [catalogIngestionManagePermission, PLATFORM],

  [templateParameterReadPermission, READ],
  [templateStepReadPermission, READ],
  [taskCreatePermission, WRITE],
  [actionExecutePermission, WRITE],
  [
    taskReadPermission,
    {
      users: 'taskCreators',
      roles: ['platform', 'security', 'audit'],
      writes: false,
    },
  ],
  [
    taskCancelPermission,
    { users: 'taskCreators', roles: ['platform'], writes: true },
  ],
  [templateManagementPermission, PLATFORM],
  [templateDryRunPermission, PLATFORM],

  [scorecardsDefinitionReadPermission, READ],
  [
    scorecardsDefinitionSimulatePermission,
    { users: 'none', roles: ['platform', 'security'], writes: false },
  ],
  // Errors name entities and repositories, whoever may read these.
  [scorecardsCollectorReadPermission, OVERSIGHT],
  [
    scorecardsEntityEvaluatePermission,
    { users: 'entityOwners', roles: ['platform'], writes: true },
  ],
  [scorecardsLedgerReadPermission, OVERSIGHT],
  [
    scorecardsExemptionRequestPermission,
    { users: 'entityOwners', roles: [], writes: true },
  ],
  // Whose approval it takes is in the definition of the scorecard.
  [scorecardsExemptionDecidePermission, WRITE],

  [kubernetesClustersReadPermission, READ],
  [kubernetesResourcesReadPermission, READ],
  // The proxy reaches the whole API of a cluster, writes included.
  [kubernetesProxyPermission, PLATFORM],
];

/** Every permission that is granted to anybody, by name. What is not in it is denied. */
export const matrix: ReadonlyMap<string, Audience> = new Map(
  ROWS.map(([permission, audience]) => [permission.name, audience]),
);
