import { mockServices } from '@backstage/backend-test-utils';
import { JsonObject } from '@backstage/types';
import { readPushConfig } from './config';

const SECRET = 'x4Tn8vQm2LrK9sWb6YpD3fGh';
const service = { subject: 'scanner', secret: SECRET, entities: 'all' };
const issuer = {
  issuer: 'https://token.forge.example',
  host: 'forge.example',
  audience: 'waymark',
};
const read = (push?: JsonObject) =>
  readPushConfig(
    mockServices.rootConfig({ data: push ? { scorecards: { push } } : {} }),
  );

describe('the configuration of who may push', () => {
  it('lets nobody push when there is none', () => {
    expect(read()).toEqual({ services: [], ci: [] });
  });

  it('gives as little as was said', () => {
    expect(read({ services: [service], ci: [issuer] })).toEqual({
      services: [{ ...service, sources: [], delivery: false }],
      ci: [
        {
          ...issuer,
          jwksUrl: 'https://token.forge.example/.well-known/jwks',
          claims: {},
          delivery: false,
        },
      ],
    });
  });

  it.each<[string, JsonObject, string]>([
    [
      'a short secret',
      { services: [{ ...service, secret: 'x4Tn8vQm2LrK9sWb6YpD3fG' }] },
      'services[0].secret: must have at least 24 characters',
    ],
    [
      'no secret',
      { services: [{ subject: 'scanner', entities: 'all' }] },
      'services[0].secret: is missing',
    ],
    [
      'no word on entities',
      { services: [{ subject: 'scanner', secret: SECRET }] },
      'services[0].entities: is missing',
    ],
    [
      'entities by a key beside an operator',
      {
        services: [
          { ...service, entities: { $not: { kind: 'API' }, kynd: 1 } },
        ],
      },
      'services[0].entities',
    ],
    [
      'what is no id of a source',
      { services: [{ ...service, sources: ['a-b'] }] },
      'services[0].sources[0]: must begin with a lower-case letter',
    ],
    [
      'a secret of two services',
      { services: [service, { ...service, subject: 'other' }] },
      'services[1].secret: is that of entry 0 too',
    ],
    [
      'two services of one name',
      { services: [service, { ...service, secret: `${SECRET}2` }] },
      'services[1].subject: is that of entry 0 too',
    ],
    [
      'what is no group',
      { services: [{ ...service, owners: ['user:default/leo'] }] },
      'services[0].owners[0]: must name a group',
    ],
    [
      'no group at all',
      { services: [{ ...service, owners: [] }] },
      'services[0].owners: must have at least 1 entry',
    ],
    [
      'an unknown key',
      { services: [{ ...service, entites: 'all' }] },
      'services[0].entites: unknown key, did you mean "entities"?',
    ],
    [
      'keys that somebody on the way can change',
      { ci: [{ ...issuer, jwksUrl: 'http://forge.example/keys' }] },
      'ci[0].jwksUrl: must be an https URL',
    ],
    [
      'an issuer that is no URL',
      { ci: [{ ...issuer, issuer: 'forge' }] },
      'ci[0].issuer: must be an https URL',
    ],
    [
      'one issuer twice',
      { ci: [issuer, issuer] },
      'ci[1].issuer: is that of entry 0 too',
    ],
  ])('refuses %s, and tells no secret', (_, push, message) => {
    const attempt = () => read(push);
    expect(attempt).toThrow(
      `Invalid configuration: scorecards.push.${message}`,
    );
    expect(attempt).not.toThrow('x4Tn8');
  });
});
