import { Entity } from '@backstage/catalog-model';
import { ConfigReader } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import { ReferenceRules } from './ReferenceRules';
import { TrustedSources } from './TrustedSources';

const config = new ConfigReader({
  integrations: {
    github: [
      { host: 'forge.example:7009', apiBaseUrl: 'http://forge.example:7009' },
    ],
  },
  waymark: { catalog: { trustedSources: ['acme/portal'] } },
});
const rules = ReferenceRules.create({
  trusted: TrustedSources.fromConfig(config),
  integrations: ScmIntegrations.fromConfig(config),
});
const FORGE = 'http://forge.example:7009/acme';
const SHOP = `${FORGE}/shop/blob/main/services/api/catalog-info.yaml`;

const api = (definition: unknown): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'API',
  metadata: { name: 'x' },
  spec: { definition } as Entity['spec'],
});
const annotated = (annotations: Record<string, string>): Entity => ({
  ...api('text'),
  metadata: { name: 'x', annotations },
});
const refuse = (entity: Entity, target = SHOP) =>
  rules.refuse(entity, { type: 'url', target });

describe('what a description may have the portal read', () => {
  it.each([
    './openapi.yaml',
    '../../openapi.yaml',
    '/openapi.yaml',
    `${FORGE}/shop/blob/other/openapi.yaml`,
    `${FORGE}/SHOP/raw/main/openapi.yaml`,
    '#/components/schemas/Order',
    // Not of the forge: read without its token, if at all.
    'https://petstore.example/openapi.json',
  ])('is a file such as %s', value => {
    expect(refuse(api({ $text: value, and: { $ref: value } }))).toBeUndefined();
  });

  it.each([
    `${FORGE}/secret/blob/main/openapi.yaml`,
    `${FORGE}/secret/raw/main/openapi.yaml`,
    `${FORGE}/secret/blame/main/openapi.yaml`,
    `${FORGE}/secret`,
    'http://forge.example:7009/mallory/shop/blob/main/x.yaml',
    'http://forge.example:7009/api/v3/repos/acme/secret/contents/x.yaml',
    '../../../../../secret/blob/main/x.yaml',
    `${FORGE}/shop/blob/main/../../../secret/blob/main/x.yaml`,
    `${FORGE}/shop%2f..%2fsecret/blob/main/x.yaml`,
    `${FORGE}/shop/blob/main/x.yaml?ref=secret`,
    'http://forge.example:7009/',
  ])('is not %s', value => {
    for (const placeholder of ['$text', '$json', '$yaml', '$openapi']) {
      expect(refuse(api({ [placeholder]: value }))).toContain(
        `spec.definition.${placeholder} points at ${value}, which is not in acme/shop`,
      );
    }
    expect(refuse(api([{ deep: { $text: value } }]))).toContain(
      'spec.definition.0.deep.$text points at',
    );
    expect(
      refuse(annotated({ 'backstage.io/techdocs-ref': `url:${value}` })),
    ).toContain('metadata.annotations.backstage.io/techdocs-ref points at');
    expect(
      refuse(annotated({ 'backstage.io/techdocs-ref': `dir:${value}` })),
    ).toContain('metadata.annotations.backstage.io/techdocs-ref points at');
    expect(
      refuse(annotated({ 'backstage.io/source-location': `url:${value}` })),
    ).toContain('metadata.annotations.backstage.io/source-location points at');
  });

  it('is documentation of its own repository, wherever its source is said to be', () => {
    const own = (ref: string, source = `url:${FORGE}/shop/tree/main/`) =>
      refuse(
        annotated({
          'backstage.io/techdocs-ref': ref,
          'backstage.io/source-location': source,
        }),
      );
    expect(own('dir:.')).toBeUndefined();
    expect(own('dir:./docs')).toBeUndefined();
    expect(own(`url:${FORGE}/shop`)).toBeUndefined();
    expect(own(`url:${FORGE}/shop/tree/main/docs`)).toBeUndefined();
    // Two folders up from the file lead nowhere else, but from the root of the branch they do.
    expect(own('dir:../../../secret/tree/main')).toContain('techdocs-ref');
  });

  it('is anything for a trusted repository on its branch', () => {
    const foreign = api({ $text: `${FORGE}/secret/blob/main/openapi.yaml` });
    const portal = `${FORGE}/portal/blob/main/catalog/apis.yaml`;
    expect(refuse(foreign, portal)).toBeUndefined();
    expect(refuse(foreign, portal.replace('/main/', '/evil/'))).toContain(
      'not in acme/portal',
    );
  });

  it('is nothing on the forge for what comes from elsewhere', () => {
    expect(
      refuse(
        api({ $text: `${FORGE}/secret/blob/main/openapi.yaml` }),
        'https://elsewhere.example/catalog-info.yaml',
      ),
    ).toContain('not in a repository of its own');
  });
});
