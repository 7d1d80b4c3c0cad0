import { mockCredentials, TestDatabaseId } from '@backstage/backend-test-utils';
import { ANNOTATION_LOCATION } from '@backstage/catalog-model';
import { testDatabases } from '@waymark/waymark-node/testUtils';
import { aSnapshot } from '../__testUtils__/aSnapshot';
import { createReadWorld } from '../__testUtils__/createReadWorld';
import { DefinitionFiles } from './DefinitionFiles';

const databases = testDatabases();

const FILES: Record<string, string> = {
  'https://forge/one.yaml': '# Why it is so.\nkind: Scorecard\n',
  'https://forge/two.yaml': 'kind: Scorecard\n---\nkind: Scorecard\n',
};

async function create(id: TestDatabaseId) {
  const { see, reads } = await createReadWorld(databases, id);
  const at = (name: string, location?: string) =>
    aSnapshot(name, {
      kind: 'scorecard',
      ...(location && { annotations: { [ANNOTATION_LOCATION]: location } }),
    });
  await see(
    at('one', 'url:https://forge/one.yaml'),
    at('two', 'url:https://forge/two.yaml'),
    at('local', 'file:/etc/passwd'),
    at('nowhere'),
  );
  const files = DefinitionFiles.create({
    readable: reads.readable,
    urlReader: {
      readUrl: async url => ({ buffer: async () => Buffer.from(FILES[url]) }),
    },
  });
  return (name: string) => files.read(name, mockCredentials.user());
}

describe.each(databases.eachSupportedId())(
  'the files of definitions on %s',
  id => {
    it('are read from where the catalog found them, with their comments', async () => {
      const read = await create(id);
      expect(await read('one')).toEqual({
        url: 'https://forge/one.yaml',
        text: '# Why it is so.\nkind: Scorecard\n',
      });
    });

    it.each([
      ['two', 'scorecard:default/two shares its file with others'],
      ['local', 'scorecard:default/local is in no file that can be read'],
      ['nowhere', 'scorecard:default/nowhere is in no file that can be read'],
      ['gone', 'There is no entity scorecard:default/gone'],
    ])(
      'are not read where there is none of it alone: %s',
      async (name, why) => {
        const read = await create(id);
        await expect(read(name)).rejects.toThrow(why);
      },
    );
  },
);
