import { hasRelation } from './relations';

const entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'checkout' },
  relations: [{ type: 'dependsOn', targetRef: 'resource:default/db' }],
};

describe('hasRelation', () => {
  it.each([
    ['dependsOn', undefined, true],
    ['dependsOn', 'resource', true],
    ['dependsOn', 'component', false],
    ['hasPart', undefined, false],
  ])('finds %s to %s: %s', (type, kind, expected) => {
    expect(hasRelation(type, kind)(entity)).toBe(expected);
  });

  it('finds nothing in an entity without relations', () => {
    expect(hasRelation('dependsOn')({ ...entity, relations: undefined })).toBe(
      false,
    );
  });
});
