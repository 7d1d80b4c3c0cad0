import { Response, Router } from 'express';
import sodium from 'libsodium-wrappers';
import { GitHubApiError, notFound } from '../errors';
import { ForgeContext } from '../ForgeContext';
import { bodyOf, paginate, writerOf } from '../rest/http';
import { Json } from '../social/types';
import { checkName, scopeOf } from './actionsScope';

interface KeyPair {
  key_id: string;
  publicKey: string;
}

/** Secrets: names and instants are kept, values are not. */
export function secretRoutes(
  context: ForgeContext,
  router: Router,
  prefix: string,
): void {
  router.get(`${prefix}/secrets/public-key`, async (request, response) => {
    const { scope } = await scopeOf(context, request, response);
    const pair = await publicKeyOf(context, scope, response);
    response.json({ key_id: pair.key_id, key: pair.publicKey });
  });

  router.get(`${prefix}/secrets`, async (request, response) => {
    const { scope } = await scopeOf(context, request, response);
    const secrets = context.state
      .list<Json>('secrets', `${scope}#secret#`)
      .map(({ value }) => withoutValue(value));
    response.json({
      total_count: secrets.length,
      secrets: paginate(context, request, response, secrets),
    });
  });

  router.get(`${prefix}/secrets/:name`, async (request, response) => {
    const { scope } = await scopeOf(context, request, response);
    const secret = context.state.get<Json>(
      'secrets',
      `${scope}#secret#${request.params.name}`,
    );
    if (!secret) {
      throw notFound();
    }
    response.json(withoutValue(secret));
  });

  router.put(`${prefix}/secrets/:name`, async (request, response) => {
    const { scope } = await scopeOf(context, request, response);
    const writer = writerOf(response);
    const body = bodyOf(request);
    const name = checkName(request.params.name);
    const pair = await publicKeyOf(context, scope, response);
    if (
      typeof body.encrypted_value !== 'string' ||
      body.key_id !== pair.key_id
    ) {
      throw new GitHubApiError(
        422,
        'encrypted_value and the key_id of the present public key are required',
      );
    }
    const key = `${scope}#secret#${name}`;
    const present = context.state.get<Json>('secrets', key);
    const at = new Date().toISOString();
    await context.state.put(
      'secrets',
      key,
      {
        name,
        created_at: present?.created_at ?? at,
        updated_at: at,
        // Sealed to a key whose private half is thrown away at once: the forge
        // runs nothing that could need the secret, so nobody may read it.
        sealed: body.encrypted_value.length,
      },
      writer,
    );
    response.status(present ? 204 : 201);
    if (present) {
      response.end();
    } else {
      response.json({});
    }
  });

  router.delete(`${prefix}/secrets/:name`, async (request, response) => {
    const { scope } = await scopeOf(context, request, response);
    const key = `${scope}#secret#${request.params.name}`;
    if (!context.state.get('secrets', key)) {
      throw notFound();
    }
    await context.state.remove('secrets', key, writerOf(response));
    response.status(204).end();
  });
}

async function publicKeyOf(
  context: ForgeContext,
  scope: string,
  response: Response,
): Promise<KeyPair> {
  await sodium.ready;
  const writer = writerOf(response);
  const pair = await context.state.update<KeyPair>(
    'publicKeys',
    scope,
    present => {
      if (present) {
        return present;
      }
      const made = sodium.crypto_box_keypair();
      const publicKey = sodium.to_base64(
        made.publicKey,
        sodium.base64_variants.ORIGINAL,
      );
      return {
        publicKey,
        key_id: sodium.to_hex(sodium.randombytes_buf(10)),
      };
    },
    writer,
  );
  return pair!;
}

function withoutValue(secret: Json): Json {
  const { sealed: _sealed, ...rest } = secret;
  return rest;
}
