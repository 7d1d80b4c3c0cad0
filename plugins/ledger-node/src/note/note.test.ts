import fc from 'fast-check';
import { generateKeyPairSync } from 'node:crypto';
import { EMPTY_ROOT } from '../merkle';
import { formatCheckpoint, parseCheckpoint } from './Checkpoint';
import { NoteSigner, NoteVerifier } from './SignedNote';

function pem(): string {
  const { privateKey } = generateKeyPairSync('ed25519');
  return privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
}

const signer = () =>
  NoteSigner.create({ name: 'waymark/scorecards', privateKey: pem() });

describe('a signed note', () => {
  it('of the reference implementation in Go opens', () => {
    // The example of golang.org/x/mod/sumdb/note.
    const verifier = NoteVerifier.create(
      'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW',
    );
    const text =
      'If you think cryptography is the answer to your problem,\n' +
      "then you don't know what your problem is.\n";
    const signature =
      '— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=';

    expect(verifier.open(`${text}\n${signature}\n`)).toBe(text);
    expect(() =>
      verifier.open(`${text.replace('is', 'was')}\n${signature}\n`),
    ).toThrow('The signature of PeterNeumann does not fit');
  });

  it('opens with the key that has signed it, and with no other', () => {
    const mine = signer();
    const note = mine.sign('waymark/scorecards\n0\nAAAA\n');

    expect(NoteVerifier.create(mine.verifierKey).open(note)).toBe(
      'waymark/scorecards\n0\nAAAA\n',
    );
    expect(() => NoteVerifier.create(signer().verifierKey).open(note)).toThrow(
      'The note is not signed by waymark/scorecards',
    );
  });

  it('does not open when one character is another', () => {
    const mine = signer();
    const note = mine.sign(
      formatCheckpoint({ origin: 'log', size: 7, root: EMPTY_ROOT }),
    );
    const verifier = NoteVerifier.create(mine.verifierKey);
    fc.assert(
      fc.property(fc.nat(note.length - 3), at => {
        const changed = `${note.slice(0, at)}${
          note[at] === 'A' ? 'B' : 'A'
        }${note.slice(at + 1)}`;
        expect(() => verifier.open(changed)).toThrow();
      }),
    );
  });

  it('is not made with a key or a name of another form', () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const ec = privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
    expect(() => NoteSigner.create({ name: 'log', privateKey: ec })).toThrow(
      'must be of Ed25519, but it is of ec',
    );
    expect(() =>
      NoteSigner.create({ name: 'log', privateKey: 'secret' }),
    ).toThrow('The signing key is not a private key in PEM');
    expect(() =>
      NoteSigner.create({ name: 'my log', privateKey: pem() }),
    ).toThrow('no spaces and no "+"');
    expect(() => NoteVerifier.create('log+00000000+AAAA')).toThrow(
      'A verifier key is',
    );
  });
});

describe('a checkpoint', () => {
  it('is read as it was written', () => {
    fc.assert(
      fc.property(
        fc.nat(),
        fc.uint8Array({ minLength: 32, maxLength: 32 }),
        (size, root) => {
          const checkpoint = { origin: 'log', size, root: Buffer.from(root) };
          expect(parseCheckpoint(formatCheckpoint(checkpoint))).toEqual(
            checkpoint,
          );
        },
      ),
    );
  });

  it.each(['', 'log\n1\n', 'log\n01\n', 'log\n-1\nAAAA\n', 'log\n1\nAAAA\n'])(
    'is refused when it is %j',
    text => {
      expect(() => parseCheckpoint(text)).toThrow(
        'A checkpoint has three lines',
      );
    },
  );
});
