import { JsonObject } from '@backstage/types';
import { compileFactSchema } from '.';

const SCHEMA = {
  type: 'object',
  additionalProperties: false,
  required: ['tool', 'result', 'findings'],
  properties: {
    tool: { type: 'string', pattern: '^(a|aa)+$' },
    result: { enum: ['passed', 'failed', null] },
    findings: {
      type: 'array',
      items: {
        type: 'object',
        required: ['at'],
        properties: { at: { type: 'string', format: 'date' } },
        unevaluatedProperties: false,
      },
    },
  },
};
const payload = (more: JsonObject): JsonObject => ({
  tool: 'aa',
  result: null,
  findings: [],
  ...more,
});

describe('the schema of a fact source', () => {
  const problemOf = compileFactSchema(SCHEMA);

  it('accepts what it describes', () => {
    expect(problemOf(payload({ findings: [{ at: '2026-01-31' }] }))).toBe(
      undefined,
    );
  });

  it.each<[string, JsonObject, (string | number)[], string]>([
    [
      'a field',
      { result: 'ok' },
      ['result'],
      'must be one of "passed", "failed", null',
    ],
    ['a type', { findings: {} }, ['findings'], 'must be array'],
    [
      'an unknown field',
      { 'a/b': 1 },
      ['a/b'],
      'is not in the schema of the source',
    ],
    [
      'an item',
      { findings: [{ at: '2026-01-31' }, {}] },
      ['findings', 1, 'at'],
      'is missing',
    ],
    [
      'a field of an item',
      { findings: [{ at: '2026-01-31', x: 1 }] },
      ['findings', 0, 'x'],
      'is not in the schema of the source',
    ],
    [
      'a format',
      { findings: [{ at: 'soon' }] },
      ['findings', 0, 'at'],
      'must match format "date"',
    ],
  ])('names %s', (_, more, path, reason) => {
    expect(problemOf(payload(more))).toEqual({ path, reason });
  });

  it('matches patterns in linear time', () => {
    const start = performance.now();
    expect(
      problemOf(payload({ tool: `${'a'.repeat(50_000)}b` })),
    ).toMatchObject({ path: ['tool'] });
    expect(performance.now() - start).toBeLessThan(2_000);
  });
});
