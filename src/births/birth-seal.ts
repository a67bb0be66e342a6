import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Config } from '../platform/config';
import { parseKeys, type EncryptionKey } from '../platform/temporal/encryption-keys';
import type { Birth } from './birth';

const cipher = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;

/**
 * Keeps a birth that concerns no authority yet so that nobody can read it: AES-256-GCM under a key of this purpose alone,
 * found again only by somebody who has the number and the key (domain 7). Sealed data: length and text of the key's id,
 * nonce, ciphertext, tag.
 */
@Injectable()
export class BirthSeal {
  private readonly keys: readonly EncryptionKey[];

  constructor(config: Config) {
    this.keys = parseKeys(config.encryptionKeys);
  }

  /** Under the newest key: what a new row is kept under. */
  hashOf(nhsNumber: string): Buffer {
    const [newest] = this.hashesOf(nhsNumber);
    if (!newest) throw new Error('there is no encryption key');
    return newest;
  }

  /** Under every known key, newest first: a row may be older than the newest key. */
  hashesOf(nhsNumber: string): Buffer[] {
    return this.keys.map((key) => createHmac('sha256', purposeKey(key, 'number')).update(nhsNumber).digest());
  }

  seal(birth: Birth): Buffer {
    const [newest] = this.keys;
    if (!newest) throw new Error('there is no encryption key');
    const nonce = randomBytes(nonceBytes);
    const id = Buffer.from(newest.id);
    const sealing = createCipheriv(cipher, purposeKey(newest, 'event'), nonce, { authTagLength: tagBytes }).setAAD(id);
    const data = [sealing.update(JSON.stringify(birth)), sealing.final(), sealing.getAuthTag()];
    return Buffer.concat([Buffer.from([id.length]), id, nonce, ...data]);
  }

  /** Throws when the key is not known any more, or the data was altered. */
  open(sealed: Buffer): Birth {
    const length = sealed[0] ?? 0;
    const id = sealed.subarray(1, 1 + length);
    const key = this.keys.find((known) => known.id === id.toString());
    if (!key) throw new Error('a kept birth is sealed under a key that is not known: add it to ENCRYPTION_KEYS');
    const data = sealed.subarray(1 + length);
    const opening = createDecipheriv(cipher, purposeKey(key, 'event'), data.subarray(0, nonceBytes), {
      authTagLength: tagBytes,
    });
    opening.setAAD(id).setAuthTag(data.subarray(-tagBytes));
    const plain = Buffer.concat([opening.update(data.subarray(nonceBytes, -tagBytes)), opening.final()]);
    return JSON.parse(plain.toString('utf8')) as Birth;
  }
}

/** The keys of Temporal's payloads serve no other purpose themselves. */
const purposeKey = ({ key }: EncryptionKey, purpose: 'number' | 'event'): Buffer =>
  createHmac('sha256', key).update(`birth ${purpose}`).digest();
