import { createHash, generateKeyPairSync, sign } from 'node:crypto';

/** A certificate for a test, and how to tell a browser that this one may be trusted. */
export interface TestCertificate {
  readonly cert: string;
  readonly key: string;
  /** For Chromium's `--ignore-certificate-errors-spki-list`: SHA-256 of the public key, in base64. */
  readonly publicKeyHash: string;
}

/**
 * Makes a key and a certificate that it has signed itself, for these names and one day. Node can use certificates but not
 * make them, so the few bytes around the key are written here (RFC 5280, in DER).
 */
export function makeCertificate(names: readonly string[]): TestCertificate {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const publicKeyInfo = publicKey.export({ type: 'spki', format: 'der' });
  const name = sequence(tlv(0x31, sequence(commonName, tlv(0x0c, Buffer.from('APIM Policy Lens test')))));
  const body = sequence(
    tlv(0xa0, tlv(0x02, Buffer.from([2]))),
    tlv(0x02, Buffer.from([1])),
    sequence(ecdsaWithSha256),
    name,
    sequence(time(-1), time(1)),
    name,
    publicKeyInfo,
    tlv(
      0xa3,
      sequence(sequence(subjectAltName, tlv(0x04, sequence(...names.map((each) => tlv(0x82, Buffer.from(each))))))),
    ),
  );
  const signature = tlv(0x03, Buffer.from([0]), sign('sha256', body, privateKey));
  const der = sequence(body, sequence(ecdsaWithSha256), signature);
  const lines = (der.toString('base64').match(/.{1,64}/g) ?? []).join('\n');
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    publicKeyHash: createHash('sha256').update(publicKeyInfo).digest('base64'),
  };
}

const commonName = tlv(0x06, Buffer.from('550403', 'hex'));
const subjectAltName = tlv(0x06, Buffer.from('551d11', 'hex'));
const ecdsaWithSha256 = tlv(0x06, Buffer.from('2a8648ce3d040302', 'hex'));

function sequence(...content: readonly Uint8Array[]): Buffer {
  return tlv(0x30, ...content);
}

/** Tag, length, value. */
function tlv(tag: number, ...content: readonly Uint8Array[]): Buffer {
  const value = Buffer.concat(content);
  const size = value.length;
  const length = size < 0x80 ? [size] : size < 0x100 ? [0x81, size] : [0x82, size >> 8, size & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), value]);
}

/** `YYMMDDHHMMSSZ` */
function time(daysFromNow: number): Buffer {
  const iso = new Date(Date.now() + daysFromNow * 86_400_000).toISOString();
  return tlv(0x17, Buffer.from(`${iso.slice(2, 19).replace(/[-:T]/g, '')}Z`));
}
