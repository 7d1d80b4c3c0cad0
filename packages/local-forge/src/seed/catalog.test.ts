import path from 'path';
import SwaggerParser from '@apidevtools/swagger-parser';
import { Parser } from '@asyncapi/parser';
import {
  ComponentEntity,
  DefaultNamespaceEntityPolicy,
  EntityPolicies,
  FieldFormatEntityPolicy,
  NoForeignRootFieldsEntityPolicy,
  SchemaValidEntityPolicy,
  apiEntityV1alpha1Validator,
  componentEntityV1alpha1Validator,
  domainEntityV1alpha1Validator,
  groupEntityV1alpha1Validator,
  resourceEntityV1alpha1Validator,
  systemEntityV1alpha1Validator,
} from '@backstage/catalog-model';
import { parseOnCallSchedule, summarizeOpenSlo } from '@waymark/operate-common';
import { factSourceKind, scorecardKind } from '@waymark/scorecards-common';
import { parseRepositoryReference } from '@waymark/waymark-common';
import { parse, parseAllDocuments } from 'yaml';
import {
  knownRefs,
  readEntities,
  readTrees,
  referencesOf,
} from './__testUtils__/catalog';
import { seedOrganization } from './index';

const trees = readTrees();
const entities = readEntities(trees);
const refs = knownRefs(entities);
const ofKind = (kind: string) =>
  entities.filter(({ entity }) => entity.kind === kind);
const textOf = (repository: string, file: string) =>
  trees.get(repository)?.get(file)?.content.toString('utf8');

const policy = EntityPolicies.allOf([
  new SchemaValidEntityPolicy(),
  new DefaultNamespaceEntityPolicy(),
  new NoForeignRootFieldsEntityPolicy(),
  new FieldFormatEntityPolicy(),
]);
const validators: Record<string, { check(entity: unknown): Promise<boolean> }> =
  {
    API: apiEntityV1alpha1Validator,
    Component: componentEntityV1alpha1Validator,
    Domain: domainEntityV1alpha1Validator,
    Group: groupEntityV1alpha1Validator,
    Resource: resourceEntityV1alpha1Validator,
    System: systemEntityV1alpha1Validator,
  };

/** The text that a repository reference of an entity leads to. */
function follow(
  value: string,
  { repository, folder }: (typeof entities)[number],
) {
  const parsed = parseRepositoryReference(value, { scmHost: 'localhost:7009' });
  if (!parsed.ok) throw new Error(`${value}: ${parsed.reason}`);
  const { reference } = parsed;
  switch (reference.kind) {
    case 'path':
      return textOf(repository, path.posix.join(folder, reference.path));
    case 'repositoryFile':
      return textOf(reference.repository, reference.path);
    default:
      throw new Error(`${value} leads out of the forge`);
  }
}

describe('the catalog of the demo company', () => {
  it('is the size of a firm', () => {
    const { users, teams, repositories } = seedOrganization();
    expect(repositories.length).toBeGreaterThanOrEqual(28);
    expect(users.length).toBeGreaterThanOrEqual(20);
    expect(teams.length + ofKind('Group').length).toBeGreaterThanOrEqual(20);
    expect(ofKind('Domain').length).toBeGreaterThanOrEqual(3);
    expect(ofKind('System').length).toBeGreaterThanOrEqual(8);
    expect(ofKind('Component').length).toBeGreaterThanOrEqual(32);
    expect(ofKind('API').length).toBeGreaterThanOrEqual(10);
    const values = (kind: string, field: string) =>
      new Set(ofKind(kind).map(({ entity }) => entity.spec?.[field]));
    expect(values('Component', 'type')).toEqual(
      new Set(['service', 'worker', 'website', 'library']),
    );
    expect(values('Component', 'lifecycle')).toEqual(
      new Set(['production', 'experimental', 'deprecated']),
    );
    expect(values('Resource', 'type')).toEqual(
      new Set([
        'database',
        'kafka-topic',
        'data-pipeline',
        'ml-model',
        'cluster',
        'vendor-service',
      ]),
    );
  });

  it.each(entities.map(described => [described.ref, described] as const))(
    'describes %s as Backstage expects it',
    async (_, { entity, file, repository }) => {
      await policy.enforce(structuredClone(entity));
      const { definition, ...spec } = entity.spec as Record<string, unknown>;
      // The catalog reads what `$text` names before it validates.
      const read = definition
        ? { ...entity, spec: { ...spec, definition: 'text' } }
        : entity;
      const validator = validators[entity.kind];
      expect(validator ? await validator.check(read) : true).toBe(true);
      expect(referencesOf(entity).filter(ref => !refs.has(ref))).toEqual([]);
      if (repository !== 'portal') {
        expect(['API', 'Component', 'Resource']).toContain(entity.kind);
      }
      expect(`${repository}/${file}`).not.toMatch(/\.yml$/);
    },
  );

  it('names nothing twice', () => {
    const own = entities.map(({ ref }) => ref);
    expect(own.filter((ref, index) => own.indexOf(ref) !== index)).toEqual([]);
  });

  it('has a repository for every component, its own', () => {
    for (const { entity, repository } of ofKind('Component')) {
      expect(entity.metadata.annotations?.['github.com/project-slug']).toBe(
        `acme/${repository}`,
      );
    }
    const described = new Set(entities.map(({ repository }) => repository));
    const silent = [...trees.keys()].filter(name => !described.has(name));
    expect(silent).toEqual(['on-call']);
  });

  it('reads a description where the discovery of the portal looks for it', () => {
    for (const { name, topics } of seedOrganization().repositories) {
      const files = entities.filter(({ repository }) => repository === name);
      if (topics.includes('monorepo')) {
        expect(new Set(files.map(({ folder }) => folder)).size).toBe(5);
      } else if (name !== 'portal') {
        expect(files.every(({ folder }) => folder === '.')).toBe(true);
      }
    }
  });

  it('connects every resource to an owner and to what needs it', () => {
    const named = new Set(
      entities.flatMap(({ entity }) => referencesOf(entity)),
    );
    const lonely = ofKind('Resource').filter(
      ({ entity, ref }) => !named.has(ref) && !entity.spec?.dependencyOf,
    );
    expect(lonely.map(({ ref }) => ref)).toEqual([
      'resource:default/payments-staging',
    ]);
  });

  it.each(ofKind('API').map(described => [described.ref, described] as const))(
    'describes %s with a document that its parser accepts',
    async (_, described) => {
      const { type, definition } = described.entity.spec as {
        type: string;
        definition: { $text: string };
      };
      const text = textOf(
        described.repository,
        path.posix.join(described.folder, definition.$text),
      );
      expect(text).toBeDefined();
      if (type === 'openapi') {
        const document = parse(text!);
        expect(document.openapi).toBe('3.1.0');
        await SwaggerParser.validate(document);
      } else {
        const { document, diagnostics } = await new Parser().parse(text!);
        expect(diagnostics.filter(({ severity }) => severity === 0)).toEqual(
          [],
        );
        expect(document?.version()).toBe('3.0.0');
      }
    },
  );

  it('names on-call schedules, runbooks, objectives and dashboards that can be read', () => {
    const seen: Record<string, number> = {};
    for (const described of entities) {
      const annotations = described.entity.metadata.annotations ?? {};
      for (const name of ['on-call', 'runbook', 'slo', 'dashboard']) {
        const value = annotations[`waymark.dev/${name}`];
        if (!value) continue;
        seen[name] = (seen[name] ?? 0) + 1;
        const text = follow(value, described);
        if (!text)
          throw new Error(`${described.ref}: ${name} ${value} leads nowhere`);
        if (name === 'on-call') {
          const { layers, escalation, overrides } = parseOnCallSchedule(
            parse(text),
          ).spec;
          const named = [
            ...layers.flatMap(layer => layer.members),
            ...overrides.map(override => override.member),
            escalation?.to,
          ];
          expect(named.filter(ref => ref && !refs.has(ref))).toEqual([]);
        }
        if (name === 'slo') {
          const documents = parseAllDocuments(text).map(document =>
            document.toJS(),
          );
          expect(summarizeOpenSlo(documents).length).toBeGreaterThan(0);
        }
        if (name === 'dashboard')
          expect(JSON.parse(text).panels.length).toBeGreaterThan(2);
        if (name === 'runbook') expect(text).toMatch(/^# Runbook: /);
      }
      if (annotations['backstage.io/techdocs-ref']) {
        const mkdocs = textOf(
          described.repository,
          path.posix.join(described.folder, 'mkdocs.yml'),
        );
        for (const page of parse(mkdocs ?? '').nav) {
          const [file] = Object.values<string>(page);
          const where = path.posix.join(described.folder, 'docs', file);
          expect([where, textOf(described.repository, where)]).toEqual([
            where,
            expect.any(String),
          ]);
        }
      }
    }
    for (const count of Object.values(seen))
      expect(count).toBeGreaterThanOrEqual(8);
    expect(Object.keys(seen)).toHaveLength(4);
  });

  it('differs in hygiene: some services lack what others have', () => {
    const services = ofKind('Component').filter(
      ({ entity }) => entity.spec?.type === 'service',
    );
    for (const annotation of [
      'waymark.dev/on-call',
      'waymark.dev/runbook',
      'waymark.dev/slo',
    ]) {
      const having = services.filter(
        ({ entity }) => entity.metadata.annotations?.[annotation],
      );
      expect(having.length).toBeGreaterThan(3);
      expect(having.length).toBeLessThan(services.length);
    }
    for (const file of [
      '.github/CODEOWNERS',
      'SECURITY.md',
      'LICENSE',
      'Dockerfile',
    ]) {
      const having = [...trees.values()].filter(tree => tree.has(file));
      expect(having.length).toBeGreaterThan(8);
      expect(having.length).toBeLessThan(trees.size - 5);
    }
  });

  it('holds an ownership problem: a team of nobody owns services in production', () => {
    const empty = seedOrganization().teams.filter(team => !team.members.length);
    expect(empty.map(({ slug }) => slug)).toEqual(['treasury']);
    const owned = ofKind('Component').filter(
      ({ entity }) =>
        (entity as ComponentEntity).spec.owner === 'group:default/treasury',
    );
    expect(owned.length).toBeGreaterThanOrEqual(2);
  });

  it('defines its scorecard and fact sources as their schemas ask', () => {
    const problems = [
      ...ofKind('Scorecard').map(({ entity }) => scorecardKind.parse(entity)),
      ...ofKind('FactSource').map(({ entity }) => factSourceKind.parse(entity)),
    ].flatMap(result => (result.ok ? [] : result.problems));
    expect(problems).toEqual([]);
    expect(ofKind('Scorecard')).toHaveLength(1);
    expect(ofKind('FactSource')).toHaveLength(2);
  });
});
