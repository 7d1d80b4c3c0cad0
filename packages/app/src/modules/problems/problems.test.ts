import { CatalogProblem } from '@waymark/waymark-common';
import { describeProblem } from './describeProblem';
import { filterProblems, ownersOf } from './filterProblems';
import { isMine } from './isMine';

function problem(
  file: string,
  options: Partial<CatalogProblem> & { message?: string } = {},
): CatalogProblem {
  const { message = 'It is wrong', ...rest } = options;
  return {
    entityRef: `location:default/${file}`,
    location: `url:http://localhost:7009/acme/${file}/blob/main/catalog-info.yaml`,
    errors: [{ name: 'Error', message }],
    lastGood: true,
    since: '2026-11-22T10:00:00.000Z',
    affected: [
      { entityRef: `component:default/${file}`, owner: 'group:default/cards' },
    ],
    ...rest,
  };
}

const nobody = { owners: [], repositories: [] };

describe('describeProblem', () => {
  it('takes address and quotation out of a YAML error, and links the line', () => {
    const url = 'http://localhost:7009/acme/fx/tree/main/catalog-info.yaml';
    expect(
      describeProblem(
        problem('fx', {
          message: `YAML error at url:${url}, YAMLParseError: Map keys must be unique at line 25, column 3:\n\n\n  owner: [unclosed\n  ^\n`,
        }),
      ),
    ).toEqual({
      reason: 'Not valid YAML: Map keys must be unique at line 25, column 3',
      excerpt: '  owner: [unclosed\n  ^',
      file: 'acme/fx/catalog-info.yaml',
      url: 'http://localhost:7009/acme/fx/blob/main/catalog-info.yaml#L25',
      repository: 'acme/fx',
    });
  });

  it('keeps the words of whoever refused an entity, and leaves out whose they are', () => {
    expect(
      describeProblem(
        problem('portal', {
          message:
            'Processor WaymarkKindsProcessor threw an error while validating the entity scorecard:default/ready; caused by InputError: url:http://localhost:7009/acme/portal/tree/main/catalog/ready.yaml: Scorecard "ready": spec.checks[0].levle: unknown key, did you mean "level"?',
        }),
      ).reason,
    ).toBe(
      'Scorecard "ready": spec.checks[0].levle: unknown key, did you mean "level"?',
    );
  });

  it('links nothing but web addresses, and names the entity where there is no file', () => {
    const described = (location?: string) => {
      const { file, url } = describeProblem(problem('fx', { location }));
      return { file, url };
    };
    // eslint-disable-next-line no-script-url
    expect(described('url:javascript:alert(1)').url).toBeUndefined();
    expect(described(undefined)).toEqual({
      file: 'location:default/fx',
      url: undefined,
    });
  });
});

describe('isMine', () => {
  const mine = { owners: ['group:default/cards'], repositories: ['acme/fx'] };

  it('goes by the owner of what comes from the file', () => {
    expect(isMine(problem('bin-lookup'), mine)).toBe(true);
    // A neighbour in the same repository, owned by others.
    const affected = [{ entityRef: 'api:default/a', owner: 'group:default/x' }];
    expect(isMine(problem('fx', { affected }), mine)).toBe(false);
  });

  it('goes by the repository where the file never was good', () => {
    expect(isMine(problem('fx', { affected: [] }), mine)).toBe(true);
    expect(isMine(problem('other', { affected: [] }), mine)).toBe(false);
  });
});

describe('filterProblems', () => {
  const old = problem('old', { since: '2026-01-01T00:00:00.000Z' });
  const recent = problem('recent', { affected: [], message: 'Bad Kind' });

  it('keeps those of an owner and with a text, the newest first', () => {
    const found = (owner: string, text = '') =>
      filterProblems([old, recent], { owner, text }, nobody);
    expect(found('all')).toEqual([recent, old]);
    expect(found('group:default/cards')).toEqual([old]);
    expect(found('mine')).toEqual([]);
    expect(found('all', ' bad kind ')).toEqual([recent]);
    expect(found('all', 'component:default/old')).toEqual([old]);
  });

  it('offers each owner once', () => {
    expect(ownersOf([old, problem('b'), recent])).toEqual([
      'group:default/cards',
    ]);
  });
});
