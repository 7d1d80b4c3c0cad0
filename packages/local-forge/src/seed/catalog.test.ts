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
import { factSourceKind, scorecardKind } from '@waymark/scorecards-common';
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
// What any repository may describe; the rest belongs to the portal's own.
const repositoryKinds = ['API', 'Component', 'Resource'];

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
    async (_, { entity, repository }) => {
      await policy.enforce(structuredClone(entity));
      const { definition, ...spec } = entity.spec as Record<string, unknown>;
      // The catalog reads what `$text` names before it validates.
      const read = definition
        ? { ...entity, spec: { ...spec, definition: 'text' } }
        : entity;
      const validator = validators[entity.kind];
      expect(validator ? await validator.check(read) : true).toBe(true);
      expect(referencesOf(entity).filter(ref => !refs.has(ref))).toEqual([]);
      const trusted = repository === 'portal';
      expect(trusted || repositoryKinds.includes(entity.kind)).toBe(true);
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

  it('reads descriptions at the root, and in five folders of the one monorepo', () => {
    const { repositories } = seedOrganization();
    const monorepos = repositories.filter(({ topics }) =>
      topics.includes('monorepo'),
    );
    const foldersOf = (name: string) =>
      new Set(
        entities
          .filter(({ repository }) => repository === name)
          .map(({ folder }) => folder),
      );
    expect(monorepos.map(({ name }) => foldersOf(name).size)).toEqual([5]);
    const nested = entities.filter(
      ({ repository, folder }) =>
        folder !== '.' &&
        repository !== 'portal' &&
        repository !== monorepos[0].name,
    );
    expect(nested).toEqual([]);
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

  it('defines its scorecards and fact sources as their schemas ask', () => {
    const problems = [
      ...ofKind('Scorecard').map(({ entity }) => scorecardKind.parse(entity)),
      ...ofKind('FactSource').map(({ entity }) => factSourceKind.parse(entity)),
    ].flatMap(result => (result.ok ? [] : result.problems));
    expect(problems).toEqual([]);
    expect(ofKind('Scorecard').length).toBeGreaterThan(0);
    expect(
      ofKind('FactSource').map(({ entity }) => entity.metadata.name),
    ).toEqual(['catalog', 'git', 'github', 'risk']);
  });

  it.each(
    ofKind('Scorecard').map(({ entity }) => [entity.metadata.name, entity]),
  )('offers in %s only fixes that are there', (_, entity) => {
    const parsed = scorecardKind.parse(entity);
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
    const { owner, checks, exemptions } = parsed.definition.spec;
    const fixes = checks.flatMap(({ fix }) => fix ?? []);
    const named = [
      owner,
      ...exemptions.also.map(({ group }) => group),
      ...fixes.flatMap(({ template }) => template ?? []),
    ];
    expect(named.filter(ref => !refs.has(ref))).toEqual([]);
    const handbook = trees.get('developer-handbook')!;
    const pages = fixes
      .flatMap(({ docs }) => docs ?? [])
      .map(docs => {
        const page = docs.slice(
          `/docs/default/component/developer-handbook`.length,
        );
        return `docs${page || '/index'}.md`;
      });
    expect(pages.filter(page => !handbook.has(page))).toEqual([]);
    for (const { template, with: parameters } of fixes) {
      const asked = ofKind('Template').find(({ ref }) => ref === template);
      const steps = [asked?.entity.spec?.parameters ?? []].flat() as {
        properties: object;
      }[];
      const known = steps.flatMap(({ properties }) => Object.keys(properties));
      expect(known).toEqual(
        expect.arrayContaining(Object.keys(parameters ?? {})),
      );
    }
  });
});
