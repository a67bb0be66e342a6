import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Payload, PayloadCodec } from '@temporalio/common';
import { temporal } from '@temporalio/proto';
import type { EncryptionKey } from './encryption-keys';

/** A payload that cannot be decrypted. The message names the key id and the way out, never the content. */
export class PayloadNotReadable extends Error {
  override readonly name = 'PayloadNotReadable';
}

const encoding = 'binary/encrypted';
const keyIdField = 'encryption-key-id';
const cipher = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;

/**
 * Encrypts every payload with AES-256-GCM under the newest key and decrypts with any known key.
 * Sealed data is nonce (12 bytes), ciphertext, tag (16 bytes); the plain text is the whole payload as a protobuf message,
 * so that its own encoding is hidden too. The key id is bound to the seal. Nothing is ever logged.
 *
 * A payload that is not sealed passes through `decode` unchanged: one that an operator sends from the Temporal UI must
 * meet the handler's own checks, not freeze the workflow. Random nonces: renew a key well before 2^32 payloads.
 */
export class EncryptionCodec implements PayloadCodec {
  private readonly keys: ReadonlyMap<string, EncryptionKey>;
  private readonly newest: EncryptionKey;

  constructor(keys: readonly [EncryptionKey, ...EncryptionKey[]]) {
    this.newest = keys[0];
    this.keys = new Map(keys.map((key) => [key.id, key]));
  }

  async encode(payloads: readonly Payload[]): Promise<Payload[]> {
    return payloads.map((payload) => seal(payload, this.newest));
  }

  /** Throws `PayloadNotReadable` for an unknown key id and for data that was altered. */
  async decode(payloads: readonly Payload[]): Promise<Payload[]> {
    return payloads.map((payload) => (isSealed(payload) ? open(payload, this.keyOf(payload)) : payload));
  }

  /** True when the payload is sealed under the newest key: what is not must be written again before its key may go. */
  isCurrent(payload: Payload): boolean {
    return isSealed(payload) && keyIdOf(payload) === this.newest.id;
  }

  private keyOf(payload: Payload): EncryptionKey {
    const id = keyIdOf(payload);
    const key = this.keys.get(id);
    if (key) return key;
    const known = [...this.keys.keys()].join(', ');
    throw new PayloadNotReadable(
      `No encryption key with id "${id}" (known: ${known}). Add it after the newest one in ENCRYPTION_KEYS and restart.`,
    );
  }
}

const text = (bytes: Uint8Array | null | undefined): string => Buffer.from(bytes ?? []).toString('utf8');
const isSealed = (payload: Payload): boolean => text(payload.metadata?.['encoding']) === encoding;
const keyIdOf = (payload: Payload): string => text(payload.metadata?.[keyIdField]);
const boundTo = (keyId: string): Buffer => Buffer.from(`${encoding}|${cipher}|${keyId}`);

const seal = (payload: Payload, { id, key }: EncryptionKey): Payload => {
  const nonce = randomBytes(nonceBytes);
  const sealing = createCipheriv(cipher, key, nonce, { authTagLength: tagBytes }).setAAD(boundTo(id));
  const plain = temporal.api.common.v1.Payload.encode(payload).finish();
  const data = Buffer.concat([nonce, sealing.update(plain), sealing.final(), sealing.getAuthTag()]);
  return { metadata: { encoding: Buffer.from(encoding), [keyIdField]: Buffer.from(id) }, data };
};

const open = (payload: Payload, { id, key }: EncryptionKey): Payload => {
  const data = payload.data ?? new Uint8Array();
  try {
    const opening = createDecipheriv(cipher, key, data.subarray(0, nonceBytes), { authTagLength: tagBytes });
    opening.setAAD(boundTo(id)).setAuthTag(data.subarray(-tagBytes));
    const plain = Buffer.concat([opening.update(data.subarray(nonceBytes, -tagBytes)), opening.final()]);
    return temporal.api.common.v1.Payload.decode(plain);
  } catch (cause) {
    throw new PayloadNotReadable(
      `A payload does not open with encryption key "${id}": it was altered, or another key bears this id.`,
      { cause },
    );
  }
};
