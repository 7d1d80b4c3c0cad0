import { Entity } from '@backstage/catalog-model';
import { TemplateEntityV1beta3 } from '@backstage/plugin-scaffolder-common';
import { prefill } from './prefill';

function template(...steps: string[][]): TemplateEntityV1beta3 {
  return {
    apiVersion: 'scaffolder.backstage.io/v1beta3',
    kind: 'Template',
    metadata: { name: 'x' },
    spec: {
      type: 'service',
      steps: [],
      parameters: steps.map(names => ({
        properties: Object.fromEntries(names.map(name => [name, {}])),
      })),
    },
  };
}

const group: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Group',
  metadata: { name: 'checkout' },
};
const system: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'System',
  metadata: { name: 'payouts' },
  relations: [{ type: 'ownedBy', targetRef: 'group:default/checkout' }],
};

describe('prefill', () => {
  it.each([
    [
      'a group is the owner',
      template(['name'], ['owner']),
      group,
      { owner: 'group:default/checkout' },
    ],
    [
      'a system brings its owner',
      template(['system', 'owner']),
      system,
      { system: 'system:default/payouts', owner: 'group:default/checkout' },
    ],
    [
      'nothing is answered that is not asked',
      template(['system']),
      system,
      { system: 'system:default/payouts' },
    ],
    [
      'a template that does not ask for the system has nothing to do with it',
      template(['owner']),
      system,
      undefined,
    ],
    [
      'other kinds answer nothing',
      template(['owner']),
      { ...group, kind: 'User' },
      undefined,
    ],
  ])('%s', (_, asked, entity, expected) => {
    expect(prefill(asked, entity)).toEqual(expected);
  });
});
