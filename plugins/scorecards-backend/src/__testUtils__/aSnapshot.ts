import { EntitySnapshot } from '@waymark/waymark-common';

/** What a test says of a snapshot; the rest is that of a service of the team checkout. */
export interface SnapshotOptions
  extends Partial<Omit<EntitySnapshot, 'entity' | 'source'>> {
  /** Of `acme/<repository>`; `null` for an entity from no repository. */
  repository?: string | null;
  repositoryId?: string;
  spec?: Record<string, unknown>;
  annotations?: Record<string, string>;
  title?: string;
  description?: string;
}

/** A snapshot as the catalog gives it. */
export function aSnapshot(
  name: string,
  options: SnapshotOptions = {},
): EntitySnapshot {
  const {
    repository = name,
    repositoryId,
    spec,
    annotations,
    title,
    description,
    kind = 'component',
    uid = `uid-${name}`,
    ...rest
  } = options;
  const type = 'type' in options ? options.type : 'service';
  const lifecycle = 'lifecycle' in options ? options.lifecycle : 'production';
  return {
    sequence: 1,
    ref: `${kind}:default/${name}`,
    uid,
    kind,
    type,
    lifecycle,
    owner: 'group:default/checkout',
    ownerPath: ['group:default/checkout', 'group:default/payments'],
    inherits: false,
    validFrom: '2026-03-01T00:00:00.000Z',
    ...(repository !== null && {
      source: {
        host: 'forge.example',
        owner: 'acme',
        repository,
        branchAndPath: 'main/catalog-info.yaml',
        ...(repositoryId !== undefined && { repositoryId }),
      },
    }),
    ...rest,
    entity: {
      apiVersion: 'backstage.io/v1alpha1',
      kind: kind[0].toLocaleUpperCase('en-US') + kind.slice(1),
      metadata: {
        name,
        namespace: 'default',
        uid,
        ...(title !== undefined && { title }),
        ...(description !== undefined && { description }),
        ...(annotations && { annotations }),
      },
      spec: { type, lifecycle, ...spec },
    },
  };
}
