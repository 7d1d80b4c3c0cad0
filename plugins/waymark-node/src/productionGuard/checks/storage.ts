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
  const connection = database?.getOptional('connection');
  const password =
    typeof connection === 'object'
      ? database?.getOptionalString('connection.password')
      : undefined;
  if (password && DEFAULT_PASSWORDS.includes(password.toLowerCase())) {
    findings.push({
      key: `${key}.connection.password`,
      problem: 'is a well-known default',
      remedy: 'set POSTGRES_PASSWORD to a password of your own',
    });
  }
  return findings;
}
