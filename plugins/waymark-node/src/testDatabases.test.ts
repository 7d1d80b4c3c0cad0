import { TestDatabases } from '@backstage/backend-test-utils';
import { testDatabases } from './testDatabases';

const CONNECTION = 'BACKSTAGE_TEST_DATABASE_POSTGRES15_CONNECTION_STRING';
const SERVER = { [CONNECTION]: 'postgresql://postgres@127.0.0.1:1' };

/** What comes of it under some variables; asked for outside of tests, as Jest demands. */
function under(variables: NodeJS.ProcessEnv): TestDatabases | Error {
  const environment = process.env;
  const {
    CI: _ci,
    WAYMARK_TEST_POSTGRES_REQUIRED: _required,
    [CONNECTION]: _server,
    ...rest
  } = environment;
  process.env = { ...rest, BACKSTAGE_TEST_DISABLE_DOCKER: '1', ...variables };
  try {
    return testDatabases();
  } catch (error) {
    return error as Error;
  } finally {
    process.env = environment;
  }
}

describe('testDatabases', () => {
  describe.each([{ WAYMARK_TEST_POSTGRES_REQUIRED: 'true' }, { CI: 'true' }])(
    'under %o',
    variables => {
      const without = under(variables);
      const withServer = under({ ...variables, ...SERVER });

      it('fails without PostgreSQL', () => {
        expect(without).toBeInstanceOf(Error);
        expect((without as Error).message).toContain(CONNECTION);
      });

      it('gives both databases where there is a server', () => {
        expect((withServer as TestDatabases).eachSupportedId()).toEqual([
          ['SQLITE_3'],
          ['POSTGRES_15'],
        ]);
      });
    },
  );

  const nobodyAsks = under({});

  it('is content with SQLite where nobody asks for more', () => {
    expect((nobodyAsks as TestDatabases).eachSupportedId()).toEqual([
      ['SQLITE_3'],
    ]);
  });
});
