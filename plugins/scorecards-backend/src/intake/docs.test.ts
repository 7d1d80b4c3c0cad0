import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import { JsonObject } from '@backstage/types';
import { factPushSchema, factSourceKind } from '@waymark/scorecards-common';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { parseAttestations } from '../attestation/parseAttestations';
import { readPushConfig } from './tokens/config';

const page = readFileSync(
  resolvePackagePath('@waymark/scorecards-backend', '../../docs/facts.md'),
  'utf8',
);

/** The one block of a language that holds a text. */
function example(language: string, holding: string): string {
  const blocks = [...page.matchAll(/```(\w+)\n([\s\S]*?)```/g)]
    .filter(([, name, text]) => name === language && text.includes(holding))
    .map(([, , text]) => text);
  expect(blocks).toHaveLength(1);
  return blocks[0];
}

describe('the page on facts from outside', () => {
  it('shows a fact source that is adopted, and a request that is taken', () => {
    const result = factSourceKind.parse(
      parse(example('yaml', 'kind: FactSource')),
    );
    expect(result).toMatchObject({ ok: true });
    const [, body] = example('sh', 'curl').match(/-d '(.*)'/s)!;
    expect(factPushSchema.safeParse(JSON.parse(body)).error).toBeUndefined();
  });

  it('shows a configuration that is good', () => {
    const text = example('yaml', 'SCANNER_SECRET').replace(
      '${SCANNER_SECRET}',
      'q8Zr5tXw1NcV7bMk4JhG9dSa',
    );
    const config = readPushConfig(
      mockServices.rootConfig({ data: parse(text) as JsonObject }),
    );
    expect(config).toMatchObject({
      services: [{ subject: 'scanner' }],
      ci: [
        {
          jwksUrl:
            'https://token.actions.githubusercontent.com/.well-known/jwks',
        },
      ],
    });
  });

  it('shows an attestation file that is read', () => {
    expect(parseAttestations(example('yaml', 'kind: Facts'))).toMatchObject({
      ok: true,
      facts: [{ observedAt: new Date('2026-11-22T00:00:00Z') }],
    });
  });
});
