import path from 'path';
import SwaggerParser from '@apidevtools/swagger-parser';
import { Parser } from '@asyncapi/parser';
import { parse } from 'yaml';
import { readEntities, readTrees } from './__testUtils__/catalog';

const trees = readTrees();
const documents = readEntities(trees)
  .filter(({ entity }) => entity.kind === 'API')
  .map(({ ref, entity, repository, folder }) => {
    const { type, definition } = entity.spec as {
      type: string;
      definition: { $text: string };
    };
    const file = path.posix.join(folder, definition.$text);
    const text = trees.get(repository)?.get(file)?.content.toString('utf8');
    return { ref, type, text: text ?? '' };
  });
const ofType = (wanted: string) =>
  documents
    .filter(({ type }) => type === wanted)
    .map(({ ref, text }) => [ref, text] as const);

describe('the API documents of the demo company', () => {
  it('are of two types', () => {
    expect(ofType('openapi').length).toBeGreaterThanOrEqual(8);
    expect(ofType('asyncapi').length).toBeGreaterThanOrEqual(4);
    expect(documents).toHaveLength(
      ofType('openapi').length + ofType('asyncapi').length,
    );
  });

  it.each(ofType('openapi'))('%s is valid OpenAPI 3.1', async (_, text) => {
    const document = parse(text);
    expect(document.openapi).toBe('3.1.0');
    await expect(SwaggerParser.validate(document)).resolves.toBeDefined();
  });

  it.each(ofType('asyncapi'))('%s is valid AsyncAPI 3', async (_, text) => {
    const { document, diagnostics } = await new Parser().parse(text);
    expect(diagnostics.filter(({ severity }) => severity === 0)).toEqual([]);
    expect(document?.version()).toBe('3.0.0');
  });
});
