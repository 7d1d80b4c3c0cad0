import { Entity } from '@backstage/catalog-model';
import { isOperated } from './isOperated';

function entity(
  kind: string,
  type: string,
  annotations?: Record<string, string>,
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: { name: 'x', annotations },
    spec: { type },
  };
}

describe('isOperated', () => {
  it.each([
    ['a service', entity('Component', 'service'), true],
    ['a library', entity('Component', 'library'), false],
    ['documentation', entity('Component', 'documentation'), false],
    ['a resource', entity('Resource', 'database'), false],
    [
      'a resource with a runbook',
      entity('Resource', 'database', { 'waymark.dev/runbook': 'runbook.md' }),
      true,
    ],
    ['an API', entity('API', 'openapi'), false],
  ])('decides for %s', (_, subject, expected) => {
    expect(isOperated(subject)).toBe(expected);
  });
});
