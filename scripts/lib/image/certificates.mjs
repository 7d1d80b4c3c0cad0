import {
  createHash,
  generateKeyPairSync,
  randomBytes,
  X509Certificate,
} from 'node:crypto';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { root } from '../paths.mjs';

const { md, pki } = createRequire(join(root, 'package.json'))('node-forge');
const DAY_MS = 86_400_000;

function keyPair() {
  // Node makes a key in a tenth of the time that the library takes.
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  const key = pki.privateKeyFromPem(privateKey);
  return { pem: privateKey, key, publicKey: pki.setRsaPublicKey(key.n, key.e) };
}

function certificate({ subject, issuer, publicKey, signWith, extensions }) {
  const made = pki.createCertificate();
  made.publicKey = publicKey;
  made.serialNumber = `00${randomBytes(8).toString('hex')}`;
  made.validity.notBefore = new Date(Date.now() - DAY_MS);
  made.validity.notAfter = new Date(Date.now() + DAY_MS);
  made.setSubject([{ name: 'commonName', value: subject }]);
  made.setIssuer([{ name: 'commonName', value: issuer }]);
  made.setExtensions(extensions);
  made.sign(signWith, md.sha256.create());
  return pki.certificateToPem(made);
}

/**
 * The certificate authority of a firm, and a certificate of it for these names.
 *
 * @param {string[]} names
 * @returns PEM texts, and `fingerprint` as browsers name a public key
 */
export function issueCertificate(names) {
  const authority = keyPair();
  const server = keyPair();
  const issuer = 'Test certificate authority';
  const ca = certificate({
    subject: issuer,
    issuer,
    publicKey: authority.publicKey,
    signWith: authority.key,
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, critical: true },
    ],
  });
  const cert = certificate({
    subject: names[0],
    issuer,
    publicKey: server.publicKey,
    signWith: authority.key,
    extensions: [
      { name: 'basicConstraints', cA: false },
      { name: 'keyUsage', digitalSignature: true, keyEncipherment: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: names.map(value => ({ type: 2, value })),
      },
    ],
  });
  const spki = new X509Certificate(cert).publicKey.export({
    type: 'spki',
    format: 'der',
  });
  return {
    ca,
    cert,
    key: server.pem,
    fingerprint: createHash('sha256').update(spki).digest('base64'),
  };
}
