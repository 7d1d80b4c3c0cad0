import { Entity } from '@backstage/catalog-model';
import { findAttention } from './findAttention';

function component(
  name: string,
  options: {
    annotations?: Record<string, string>;
    spec?: object;
    status?: object;
  } = {},
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name, annotations: options.annotations },
    spec: { type: 'service', lifecycle: 'production', ...options.spec },
    relations: [{ type: 'ownedBy', targetRef: 'group:default/checkout' }],
    ...(options.status ? { status: options.status } : {}),
  };
}

function group(
  name: string,
  parent?: string,
  annotations?: Record<string, string>,
): [string, Entity] {
  return [
    `group:default/${name}`,
    {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Group',
      metadata: { name, annotations },
      relations: parent
        ? [{ type: 'childOf', targetRef: `group:default/${parent}` }]
        : [],
    },
  ];
}

const complete = {
  'waymark.dev/on-call': 'acme/on-call#checkout.yaml',
  'waymark.dev/runbook': 'docs/runbook.md',
  'waymark.dev/slo': 'slo.yaml',
};
const texts = (entities: Entity[], groups = new Map<string, Entity>()) =>
  findAttention(entities, groups).map(({ entity, concerns }) => [
    entity.metadata.name,
    concerns.map(concern => concern.text),
  ]);

describe('findAttention', () => {
  it('names what a production service lacks, with the annotation to add', () => {
    const [attention] = findAttention([component('bare')], new Map());
    expect(attention.concerns.map(({ text, fix }) => [text, fix])).toEqual([
      ['no on-call', expect.stringContaining('waymark.dev/on-call')],
      ['no runbook', expect.stringContaining('waymark.dev/runbook')],
      ['no objectives', expect.stringContaining('waymark.dev/slo')],
    ]);
  });

  it('asks nothing of what is complete, experimental or a library', () => {
    expect(
      texts([
        component('complete', { annotations: complete }),
        component('young', { spec: { lifecycle: 'experimental' } }),
        component('library', { spec: { type: 'library' } }),
      ]),
    ).toEqual([]);
  });

  it('counts the on-call schedule of a group above the owner', () => {
    const groups = new Map([
      group('checkout', 'payments'),
      group('payments', undefined, {
        'waymark.dev/on-call': 'acme/on-call#payments.yaml',
      }),
    ]);
    expect(texts([component('heir')], groups)).toEqual([
      ['heir', ['no runbook', 'no objectives']],
    ]);
  });

  it('ends when groups are their own ancestors', () => {
    const groups = new Map([
      group('checkout', 'payments'),
      group('payments', 'checkout'),
    ]);
    expect(texts([component('bare')], groups)).toHaveLength(1);
  });

  it('puts errors before gaps', () => {
    const status = {
      items: [
        { level: 'error', message: 'spec.owner is missing' },
        { level: 'warning', message: 'not shown' },
      ],
    };
    expect(
      texts([
        component('bare'),
        component('broken', { annotations: complete, status }),
        component('borrowed', {
          annotations: {
            ...complete,
            'waymark.dev/project-slug-mismatch': 'acme/a is not acme/b',
          },
        }),
      ]),
    ).toEqual([
      ['borrowed', ['acme/a is not acme/b']],
      ['broken', ['spec.owner is missing']],
      ['bare', ['no on-call', 'no runbook', 'no objectives']],
    ]);
  });
});
