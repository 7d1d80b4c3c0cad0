import { Entity } from '@backstage/catalog-model';
import { ConfigReader } from '@backstage/config';
import fc from 'fast-check';
import { parseRepositoryUrl } from '@waymark/waymark-common';
import { locationName } from '../__testUtils__/TestForge';
import { annotateProjectSlug } from './projectSlug';
import { TrustedSources } from './TrustedSources';
import { TrustRules } from './TrustRules';

const configOf = (
  trustedSources: string[],
  hosts: string[] = ['forge.example'],
) =>
  new ConfigReader({
    integrations: { github: hosts.map(host => ({ host })) },
    waymark: { catalog: { trustedSources } },
  });
const rulesOf = (trustedSources: string[]) =>
  TrustRules.create({
    trusted: TrustedSources.fromConfig(configOf(trustedSources)),
    scmHosts: ['forge.example'],
  });
const url = (target: string) => ({ type: 'url', target });
const group = { kind: 'Group', metadata: { name: 'takeover' } };
const entity = (kind: string, more: Partial<Entity> = {}): Entity => ({
  apiVersion: 'x/v1',
  kind,
  metadata: { name: 'x' },
  ...more,
});

describe('who may define what', () => {
  const rules = rulesOf(['acme/portal']);
  const trusted = 'https://forge.example/acme/portal/blob/main/catalog/x.yaml';

  it('admits restricted kinds from the trusted branch, others from anywhere', () => {
    expect(rules.refuseDocument(group, url(trusted))).toBeUndefined();
    expect(
      rules.refuseDocument(
        { kind: 'Component' },
        url('https://forge.example/acme/shop/blob/main/catalog-info.yaml'),
      ),
    ).toBeUndefined();
  });

  it.each([
    'https://forge.example/acme/shop/blob/main/catalog-info.yaml',
    'https://forge.example/mallory/portal/blob/main/catalog/x.yaml',
    'https://forge.example/acme/Portal/blob/main/catalog/x.yaml',
    'https://forge.example/acme/portal-2/blob/main/catalog/x.yaml',
    'https://evil.example/acme/portal/blob/main/catalog/x.yaml',
    'https://forge.example:444/acme/portal/blob/main/catalog/x.yaml',
    'https://forge.example/acme/portal/blob/evil/catalog/x.yaml',
    'https://forge.example/acme/portal/blob/main-2/catalog/x.yaml',
    'https://forge.example/acme/portal/blob/main/../../../shop/blob/main/x.yaml',
    'https://forge.example/acme/portal%2f..%2fshop/blob/main/x.yaml',
    'https://forge.example/acme/portal/blob/main/x.yaml?ref=evil',
    'https://forge.example/acme/portal/blob/main/x.yaml#evil',
    'https://forge.example@evil.example/acme/portal/blob/main/x.yaml',
    'https://forge.example/acme/portal/wiki/main/x.yaml',
    'not a url',
  ])('refuses a Group from %s', target => {
    expect(rules.refuseDocument(group, url(target))).toMatch(
      /defines the Group "takeover", but Group entities may come from acme\/portal \(branch main\) only/,
    );
    expect(rules.refuseEntity(entity('Group'), url(target))).toBeDefined();
  });

  it('refuses every restricted kind, however it is spelled', () => {
    for (const kind of 'Group User Domain Location Template Scorecard FactSource RiskModel Initiative'.split(
      ' ',
    )) {
      for (const spelling of [kind, kind.toLowerCase(), kind.toUpperCase()]) {
        expect(
          rules.refuseDocument(
            { kind: spelling },
            { type: 'file', target: '/x.yaml' },
          ),
        ).toContain(`defines the ${kind}`);
      }
    }
  });

  it('lets nobody define them when nothing is configured', () => {
    expect(rulesOf([]).refuseDocument(group, url(trusted))).toContain(
      'no repository (waymark.catalog.trustedSources is empty)',
    );
  });

  it('admits what providers make: organisation data and discovered locations', () => {
    const target =
      'https://forge.example/acme/shop/blob/main/catalog-info.yaml';
    const location = (name: string) =>
      entity('Location', { metadata: { name }, spec: { type: 'url', target } });
    expect(
      rules.refuseEntity(location(locationName(target)), url(target)),
    ).toBeUndefined();
    expect(rules.refuseEntity(location('more'), url(target))).toBeDefined();
    // A document that bears the generated name of another target.
    expect(
      rules.refuseEntity(
        location(locationName(target)),
        url('https://forge.example/acme/other/blob/main/catalog-info.yaml'),
      ),
    ).toBeDefined();
    expect(
      rules.refuseEntity(entity('User'), url('https://forge.example/mina')),
    ).toBeUndefined();
    expect(
      rules.refuseEntity(
        entity('Group'),
        url('https://forge.example/orgs/acme/teams/checkout'),
      ),
    ).toBeUndefined();
    expect(
      rules.refuseEntity(entity('User'), { type: 'okta', target: 'x' }),
    ).toBeUndefined();
    expect(
      rules.refuseEntity(entity('Group'), url('https://evil.example/mina')),
    ).toBeDefined();
    expect(
      rules.refuseEntity(
        entity('Scorecard'),
        url('https://forge.example/mina'),
      ),
    ).toBeDefined();
  });

  it('never admits an address outside the trusted repository and branch', () => {
    const piece = fc.constantFrom(
      ...['acme', 'portal', 'shop', 'blob', 'main', 'evil', '..', '.', ''],
      ...['%2e%2e', '%2f', '?', '#', '@', '\\', ':', 'x.yaml'],
    );
    expect(() =>
      fc.assert(
        fc.property(fc.array(piece, { maxLength: 9 }), pieces => {
          const target = `https://forge.example/${pieces.join('/')}`;
          return (
            rules.refuseDocument(group, url(target)) !== undefined ||
            new URL(target).pathname.startsWith('/acme/portal/blob/main/')
          );
        }),
        { numRuns: 10_000 },
      ),
    ).not.toThrow();
  });
});

describe('the trusted sources', () => {
  it.each([
    ['h.example/acme/portal', 'https://h.example/acme/portal/blob/main/x.yaml'],
    [
      'acme/portal@stable',
      'https://forge.example/acme/portal/blob/stable/x.yaml',
    ],
    [
      'acme/portal@release/1',
      'https://forge.example/acme/portal/tree/release/1/x.yaml',
    ],
  ])('reads %s', (entry, target) => {
    const sources = TrustedSources.fromConfig(configOf([entry]));
    expect(sources.includes(parseRepositoryUrl(target)!)).toBe(true);
  });

  it.each(['portal', 'a/b/c/d', 'acme/', '', 'acme/portal@'])(
    'refuses the entry "%s" by its place',
    entry => {
      expect(() =>
        TrustedSources.fromConfig(
          new ConfigReader({
            waymark: { catalog: { trustedSources: ['acme/portal', entry] } },
          }),
        ),
      ).toThrow('waymark.catalog.trustedSources');
    },
  );

  it('asks for the host where several could be meant', () => {
    expect(() =>
      TrustedSources.fromConfig(
        configOf(['acme/portal'], ['github.com', 'forge.example']),
      ),
    ).toThrow('must name its host, one of github.com, forge.example');
  });
});

describe('the project slug', () => {
  const source = parseRepositoryUrl(
    'https://forge.example/acme/shop/blob/main/catalog-info.yaml',
  );

  it('comes from the repository where it is absent, for what lives in one', () => {
    expect(
      annotateProjectSlug(entity('Component'), source).metadata.annotations,
    ).toEqual({ 'github.com/project-slug': 'acme/shop' });
    expect(
      annotateProjectSlug(entity('Group'), source).metadata.annotations,
    ).toEqual({});
  });

  it('is not flagged for its case', () => {
    const metadata = {
      name: 'x',
      annotations: { 'github.com/project-slug': 'Acme/Shop' },
    };
    expect(
      annotateProjectSlug(entity('Component', { metadata }), source).metadata,
    ).toEqual(metadata);
  });
});
