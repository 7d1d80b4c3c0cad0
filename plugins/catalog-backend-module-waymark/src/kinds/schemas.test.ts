import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { definitionKinds } from './definitionKinds';

const folder = resolvePackagePath(
  '@waymark/catalog-backend-module-waymark',
  '../../docs/schemas',
);

// `WAYMARK_WRITE_SCHEMAS=1 yarn test schemas` writes them, then `yarn prettier --write docs/schemas` formats them.
const write = process.env.WAYMARK_WRITE_SCHEMAS === '1';

describe('the JSON Schemas for editors', () => {
  it.each([...definitionKinds.values()])(
    'of $kind in docs/schemas is what the catalog checks',
    definition => {
      const file = join(folder, `${definition.kind}.json`);
      const schema = JSON.parse(JSON.stringify(definition.jsonSchema()));
      if (write) {
        mkdirSync(folder, { recursive: true });
        writeFileSync(file, `${JSON.stringify(schema, null, 2)}\n`);
      }
      expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(schema);
    },
  );

  it('know the keys, the choices and what is required', () => {
    const schema = JSON.stringify(
      definitionKinds.get('Scorecard')!.jsonSchema(),
    );
    expect(schema).toContain('"enum":["hold","fail","pass"]');
    expect(schema).toContain('"additionalProperties":false');
    expect(schema).toContain(
      '"required":["id","title","level","rule","because"]',
    );
  });
});
