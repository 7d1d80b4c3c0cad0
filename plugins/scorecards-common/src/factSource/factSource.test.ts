import fc from 'fast-check';
import { factSchemaProblems, factSourceKind } from '.';

const factSource = (spec: object = {}) => ({
  apiVersion: 'waymark.dev/v1',
  kind: 'FactSource',
  metadata: { name: 'github' },
  spec: {
    id: 'github',
    owner: 'group:default/platform',
    appliesTo: { kind: 'Component' },
    staleAfter: 'P1D',
    writers: [{ ci: 'sourceRepository' }],
    schema: {
      type: 'object',
      required: ['branchProtection'],
      properties: {
        branchProtection: {
          type: ['object', 'null'],
          required: ['requiredApprovals'],
          properties: { requiredApprovals: { type: 'integer' } },
        },
      },
    },
    ...spec,
  },
});

const problemsOf = (spec: object) => {
  const result = factSourceKind.parse(factSource(spec));
  return result.ok
    ? []
    : result.problems.map(({ path, reason }) => `${path}: ${reason}`);
};

describe('FactSource', () => {
  it('accepts a full definition and fills in the defaults', () => {
    expect(factSourceKind.parse(factSource())).toEqual({
      ok: true,
      definition: expect.objectContaining({
        spec: expect.objectContaining({ retention: 'operational' }),
      }),
    });
  });

  it.each<[string, object, string]>([
    [
      'an id that rules could not write',
      { id: 'git-hub' },
      'spec.id: must begin with a lower-case letter and hold letters and digits only, because rules write it as facts.<id>',
    ],
    [
      'an id that the rule language keeps',
      { id: 'in' },
      'spec.id: is a word of the rule language, choose another id',
    ],
    [
      'a schema of something else than an object',
      { schema: { type: 'array' } },
      'spec.schema.type: must be "object": a fact has named fields',
    ],
    [
      'a field that may be absent',
      {
        schema: {
          type: 'object',
          required: ['a'],
          properties: {
            a: {
              type: 'array',
              items: { type: 'object', properties: { b: { type: 'string' } } },
            },
          },
        },
      },
      'spec.schema.properties.a.items.properties.b: must be listed in "required": write the absence of a value as null, false or []',
    ],
    [
      'what is no JSON Schema',
      { schema: { type: 'object', properties: { a: { type: 'text' } } } },
      'spec.schema.properties.a.type: is not JSON Schema: must be equal to one of the allowed values',
    ],
    [
      'a reference to another document',
      {
        schema: {
          type: 'object',
          required: ['a'],
          properties: { a: { $ref: 'https://elsewhere.example/a.json' } },
        },
      },
      "spec.schema: is not usable JSON Schema: can't resolve reference https://elsewhere.example/a.json from id #",
    ],
    [
      'a pattern that could take for ever',
      {
        schema: {
          type: 'object',
          required: ['a'],
          properties: { a: { type: 'string', pattern: '(a+)+\\1$' } },
        },
      },
      'spec.schema: is not usable JSON Schema: "pattern": the regular expression is not linear-time: error parsing regexp: invalid escape sequence: `\\1`',
    ],
    [
      'a writer of two sorts',
      { writers: [{ token: 'scanner', ci: 'sourceRepository' }] },
      'spec.writers[0]: must name exactly one of token, ci, attestation or collector',
    ],
    [
      'an unknown retention class',
      { retention: 'evidences' },
      'spec.retention: must be one of "operational", "evidence", not "evidences", did you mean "evidence"?',
    ],
    [
      'a key that the schema does not know',
      { stale: 'P1D' },
      'spec.stale: unknown key, did you mean "staleAfter"?',
    ],
  ])('refuses %s', (_, spec, problem) => {
    expect(problemsOf(spec)).toContain(problem);
  });

  it('treats fields named like keywords as fields', () => {
    const schema = {
      type: 'object',
      required: ['properties', 'default'],
      properties: {
        properties: { type: 'integer' },
        default: { type: 'object', properties: { x: { type: 'string' } } },
      },
    };
    expect(factSchemaProblems(schema).map(({ path }) => path)).toEqual([
      ['properties', 'default', 'properties', 'x'],
    ]);
  });

  it('never throws, whatever the document holds', () => {
    expect(() =>
      fc.assert(
        fc.property(fc.anything(), fc.jsonValue(), (document, schema) => {
          factSourceKind.parse(document);
          factSourceKind.parse(factSource({ schema }));
          return true;
        }),
        { numRuns: 500 },
      ),
    ).not.toThrow();
  });
});
