import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { mockServices } from '@backstage/backend-test-utils';
import { InMemorySearchEngine } from './InMemorySearchEngine';

async function engineWith(type: string, title: string) {
  const engine = new InMemorySearchEngine({
    logger: mockServices.logger.mock(),
  });
  await pipeline(
    Readable.from([{ title, text: title, location: `/${title}` }]),
    await engine.getIndexer(type),
  );
  return engine;
}

describe('InMemorySearchEngine', () => {
  it('finds what was indexed', async () => {
    const engine = await engineWith('software-catalog', 'wallet');
    const found = await engine.query({
      term: 'wallet',
      types: ['software-catalog'],
    });
    expect(found.results.map(result => result.document.title)).toEqual([
      'wallet',
    ]);
  });

  it('finds nothing, rather than failing, in a type that has no documents yet', async () => {
    const engine = await engineWith('software-catalog', 'wallet');
    await expect(
      engine.query({ term: 'wallet', types: ['techdocs'] }),
    ).resolves.toEqual({ results: [], numberOfResults: 0 });
  });

  it('still fails on a query that cannot be understood', async () => {
    const engine = await engineWith('software-catalog', 'wallet');
    engine.setTranslator(() => {
      throw new Error('not a query');
    });
    await expect(engine.query({ term: 'x' })).rejects.toThrow('not a query');
  });
});
