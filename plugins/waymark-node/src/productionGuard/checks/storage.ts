import { Config } from '@backstage/config';
import { ProductionCheck, ProductionFinding } from '../types';

const DEFAULT_PASSWORDS = [
  'postgres',
  'password',
  'secret',
  'changeme',
  'backstage',
  'waymark',
  'admin',
];

/** The state is in PostgreSQL, which survives the machine and serves more than one replica. */
export const checkStorage: ProductionCheck = config => {
  const database = config.getOptionalConfig('backend.database');
  const plugins = database?.getOptionalConfig('plugin');
  return [
    ...checkDatabase('backend.database', database, true),
    ...(plugins?.keys() ?? []).flatMap(id =>
      checkDatabase(
        `backend.database.plugin.${id}`,
        plugins!.getConfig(id),
        false,
      ),
    ),
  ];
};

function checkDatabase(
  key: string,
  database: Config | undefined,
  clientRequired: boolean,
): ProductionFinding[] {
  const findings: ProductionFinding[] = [];
  const client = database?.getOptionalString('client');
  if (client ? client !== 'pg' : clientRequired) {
    findings.push({
      key: `${key}.client`,
      problem: client ? `is '${client}'` : 'is not set',
      remedy: `use 'pg': add --config app-config.production.yaml and set POSTGRES_HOST, POSTGRES_USER, POSTGRES_PASSWORD`,
    });
  }
  return [
    ...findings,
    ...checkConnection(`${key}.connection`, database, clientRequired),
  ];
}

/** What a connection says, however it is written; undefined for what it leaves out. */
interface Connection {
  host?: string;
  user?: string;
  password?: string;
}

const VARIABLES = {
  host: 'POSTGRES_HOST',
  user: 'POSTGRES_USER',
  password: 'POSTGRES_PASSWORD',
};

function checkConnection(
  key: string,
  database: Config | undefined,
  complete: boolean,
): ProductionFinding[] {
  if (database?.getOptionalString('client') !== 'pg' && complete) {
    return [];
  }
  const url = connectionUrl(database);
  if (url !== undefined && !URL.canParse(url)) {
    return [
      {
        key,
        problem: 'cannot be read as an address',
        remedy:
          'write it as postgresql://user:password@host:port/database, or as host, user and password',
      },
    ];
  }
  const connection = url === undefined ? readFields(database) : readUrl(url);
  const keyOf = (name: string) => (url === undefined ? `${key}.${name}` : key);
  const findings: ProductionFinding[] = [];
  for (const [name, variable] of Object.entries(VARIABLES)) {
    const bySocket = name === 'password' && connection.host?.startsWith('/');
    if (complete && !connection[name as keyof Connection] && !bySocket) {
      findings.push({
        key: keyOf(name),
        problem: url === undefined ? 'is not set' : `names no ${name}`,
        remedy: `set ${variable}`,
      });
    }
  }
  if (DEFAULT_PASSWORDS.includes(connection.password?.toLowerCase() ?? '')) {
    findings.push({
      key: keyOf('password'),
      problem:
        url === undefined
          ? 'is a well-known default'
          : 'holds a password that is a well-known default',
      remedy: 'set POSTGRES_PASSWORD to a password of your own',
    });
  }
  return findings;
}

function connectionUrl(database: Config | undefined): string | undefined {
  const connection = database?.getOptional('connection');
  return typeof connection === 'string'
    ? connection
    : database?.getOptionalString('connection.connectionString');
}

function readFields(database: Config | undefined): Connection {
  // A variable that is set to nothing leaves an empty text, which the reader of texts would throw at.
  const read = (name: string) => {
    const value = database?.getOptional(`connection.${name}`);
    return typeof value === 'string' ? value : undefined;
  };
  return {
    host: read('host'),
    user: read('user'),
    password: read('password'),
  };
}

function readUrl(url: string): Connection {
  const { hostname, username, password, searchParams } = new URL(url);
  return {
    host: hostname || (searchParams.get('host') ?? undefined),
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
  };
}
