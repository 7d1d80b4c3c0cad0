import { exportJWK, generateKeyPair, JWTPayload, SignJWT } from 'jose';
import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';

type KeyPair = Awaited<ReturnType<typeof generateKeyPair>>;

const KID = 'first';

/** An issuer of identity tokens on loopback, as a forge is one for its CI runs, with keys of its own. */
export class TestIssuer {
  readonly #server: Server;
  readonly #pair: KeyPair;
  /** Status that its keys are answered with. */
  status = 200;
  /** How often its keys were asked for. */
  asked = 0;

  static async start(): Promise<TestIssuer> {
    const issuer = new TestIssuer(await generateKeyPair('RS256'));
    await new Promise<void>(resolve => {
      issuer.#server.listen(0, '127.0.0.1', resolve);
    });
    return issuer;
  }

  private constructor(pair: KeyPair) {
    this.#pair = pair;
    this.#server = createServer(async (request, response) => {
      this.asked += 1;
      const found = request.url === '/.well-known/jwks';
      response.statusCode = found ? this.status : 404;
      const key = await exportJWK(this.#pair.publicKey);
      response.end(
        JSON.stringify({ keys: [{ ...key, kid: KID, alg: 'RS256' }] }),
      );
    });
  }

  get url(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  /** @param claims - besides `iss` */
  async token(claims: JWTPayload): Promise<string> {
    return new SignJWT({ iss: this.url, ...claims })
      .setProtectedHeader({ alg: 'RS256', kid: KID })
      .sign(this.#pair.privateKey);
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => this.#server.close(resolve));
  }
}
