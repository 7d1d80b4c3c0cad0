import { InputError } from '@backstage/errors';
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  KeyObject,
  sign,
  verify,
} from 'node:crypto';

/** Ed25519, in the numbers of C2SP signed-note. */
const ED25519 = 0x01;
const KEY_ID_BYTES = 4;
const PUBLIC_KEY_BYTES = 32;
const SIGNATURE_LINE = /^— (\S+) (\S+)$/;

/** What a name of a key must be: it is a word of a line, and the `+` ends it in a verifier key. */
const KEY_NAME = /^[^\s+]+$/;

function rawPublicKey(key: KeyObject): Buffer {
  return Buffer.from(key.export({ format: 'jwk' }).x!, 'base64url');
}

function keyId(name: string, publicKey: Buffer): Buffer {
  return createHash('sha256')
    .update(name)
    .update(Buffer.from([0x0a, ED25519]))
    .update(publicKey)
    .digest()
    .subarray(0, KEY_ID_BYTES);
}

/** Signs texts in the form of C2SP signed-note, which the tools of transparency logs read. */
export class NoteSigner {
  readonly #name: string;
  readonly #privateKey: KeyObject;
  readonly #publicKey: Buffer;

  /**
   * @param options.name - of the key, without spaces and `+`
   * @param options.privateKey - Ed25519, in PEM
   * @throws InputError when the name or the key is of another form
   */
  static create(options: { name: string; privateKey: string }): NoteSigner {
    if (!KEY_NAME.test(options.name)) {
      throw new InputError(
        `The name of a signing key has no spaces and no "+", but it is "${options.name}"`,
      );
    }
    let key: KeyObject;
    try {
      key = createPrivateKey(options.privateKey);
    } catch {
      // The error of OpenSSL may hold a part of the key.
      throw new InputError('The signing key is not a private key in PEM');
    }
    if (key.asymmetricKeyType !== 'ed25519') {
      throw new InputError(
        `The signing key must be of Ed25519, but it is of ${key.asymmetricKeyType}`,
      );
    }
    return new NoteSigner(options.name, key);
  }

  private constructor(name: string, privateKey: KeyObject) {
    this.#name = name;
    this.#privateKey = privateKey;
    this.#publicKey = rawPublicKey(createPublicKey(privateKey));
  }

  /** What a verifier needs: `<name>+<key id>+<key>`. */
  get verifierKey(): string {
    const id = keyId(this.#name, this.#publicKey).toString('hex');
    const key = Buffer.concat([Buffer.from([ED25519]), this.#publicKey]);
    return `${this.#name}+${id}+${key.toString('base64')}`;
  }

  /** @param text - ends with a line break, has no empty line */
  sign(text: string): string {
    const signature = Buffer.concat([
      keyId(this.#name, this.#publicKey),
      sign(null, Buffer.from(text), this.#privateKey),
    ]);
    return `${text}\n— ${this.#name} ${signature.toString('base64')}\n`;
  }
}

/** Opens notes that one key has signed. */
export class NoteVerifier {
  readonly #name: string;
  readonly #id: Buffer;
  readonly #key: KeyObject;

  /**
   * @param verifierKey - what {@link NoteSigner.verifierKey} gives
   * @throws InputError when it is of another form
   */
  static create(verifierKey: string): NoteVerifier {
    const [name, id, ...rest] = verifierKey.split('+');
    const key = Buffer.from(rest.join('+'), 'base64');
    const raw = key.subarray(1);
    if (
      !name ||
      key[0] !== ED25519 ||
      raw.length !== PUBLIC_KEY_BYTES ||
      keyId(name, raw).toString('hex') !== id
    ) {
      throw new InputError(
        'A verifier key is <name>+<key id>+<Ed25519 key in base64>',
      );
    }
    return new NoteVerifier(name, raw);
  }

  private constructor(name: string, publicKey: Buffer) {
    this.#name = name;
    this.#id = keyId(name, publicKey);
    this.#key = createPublicKey({
      key: { kty: 'OKP', crv: 'Ed25519', x: publicKey.toString('base64url') },
      format: 'jwk',
    });
  }

  /**
   * The text of a note, if this key has signed it.
   *
   * @throws InputError when it has not
   */
  open(note: string): string {
    const end = note.lastIndexOf('\n\n');
    const text = note.slice(0, end + 1);
    for (const line of note.slice(end + 2).split('\n')) {
      const [, name, encoded] = SIGNATURE_LINE.exec(line) ?? [];
      const signature = Buffer.from(encoded ?? '', 'base64');
      if (
        name === this.#name &&
        signature.subarray(0, KEY_ID_BYTES).equals(this.#id)
      ) {
        if (
          end >= 0 &&
          verify(
            null,
            Buffer.from(text),
            this.#key,
            signature.subarray(KEY_ID_BYTES),
          )
        ) {
          return text;
        }
        throw new InputError(`The signature of ${this.#name} does not fit`);
      }
    }
    throw new InputError(`The note is not signed by ${this.#name}`);
  }
}
