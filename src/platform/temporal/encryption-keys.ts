import { createSecretKey, type KeyObject } from 'node:crypto';

/** One AES-256 key. `key` is opaque: printing or serialising it shows no key material. */
export interface EncryptionKey {
  readonly id: string;
  readonly key: KeyObject;
}

const keyBytes = 32;
const idPattern = /^[A-Za-z0-9._-]{1,64}$/;
const base64Pattern = /^[A-Za-z0-9+/]{43}=$/;

/**
 * Reads `"<id>:<base64 of 32 bytes>[,<older id>:<base64>…]"`: the first key is the newest and encrypts, each decrypts.
 * Throws an error that names the place and the key id, never the key.
 */
export const parseKeys = (text: string): readonly [EncryptionKey, ...EncryptionKey[]] => {
  const [first = '', ...others] = text.split(',');
  const keys = [parseKey(first, 0), ...others.map((entry, at) => parseKey(entry, at + 1))] as const;
  const ids = keys.map(({ id }) => id);
  const repeated = ids.find((id, at) => ids.indexOf(id) !== at);
  if (repeated) throw new Error(`Encryption key id "${repeated}" is given twice: each key needs an id of its own.`);
  return keys;
};

const parseKey = (entry: string, at: number): EncryptionKey => {
  const place = `Encryption key ${at + 1}`;
  const colon = entry.indexOf(':');
  if (colon < 0) throw new Error(`${place} is not of the form "<id>:<base64 of ${keyBytes} bytes>".`);
  const id = entry.slice(0, colon).trim();
  if (!idPattern.test(id))
    throw new Error(`${place} has no usable id: 1 to 64 letters, digits, dots, dashes, underscores.`);
  const encoded = entry.slice(colon + 1).trim();
  if (!base64Pattern.test(encoded)) {
    throw new Error(
      `${place} ("${id}") is not ${keyBytes} bytes of base64. One can be made with: openssl rand -base64 ${keyBytes}`,
    );
  }
  return { id, key: createSecretKey(Buffer.from(encoded, 'base64')) };
};
