import { describe, expect, it } from '@jest/globals';
import { defaultPayloadConverter, type Payload } from '@temporalio/common';
import * as fc from 'fast-check';
import { randomBytes } from 'node:crypto';
import { inspect } from 'node:util';
import { parseKeys } from './encryption-keys';
import { EncryptionCodec, PayloadNotReadable } from './payload-codec';

const aKey = (id: string): string => `${id}:${randomBytes(32).toString('base64')}`;
const codecWith = (...keys: string[]): EncryptionCodec => new EncryptionCodec(parseKeys(keys.join(',')));
const payloadOf = (value: unknown): Payload => defaultPayloadConverter.toPayload(value);
const valueOf = (payload: Payload | undefined): unknown => defaultPayloadConverter.fromPayload(payload ?? {});
const sealOne = async (codec: EncryptionCodec, value: unknown): Promise<Payload> => {
  const [sealed] = await codec.encode([payloadOf(value)]);
  return sealed ?? {};
};

describe('the payload codec', () => {
  const key = aKey('first');
  const codec = codecWith(key);

  it('gives back every plain value that went in', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(fc.jsonValue(), fc.constant(undefined))), async (values) => {
        const opened = await codec.decode(await codec.encode(values.map(payloadOf)));
        // JSON is the judge: it has no -0
        expect(opened.map(valueOf)).toEqual(values.map((value) => valueOf(payloadOf(value))));
      }),
    );
  });

  it('gives back raw bytes, also none', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array(), async (bytes) => {
        const [opened] = await codec.decode([await sealOne(codec, bytes)]);
        expect(Buffer.from(valueOf(opened) as Uint8Array)).toEqual(Buffer.from(bytes));
      }),
    );
  });

  it('shows neither the content nor its encoding, and never seals alike twice', async () => {
    const [one, two] = await codec.encode([payloadOf('Tamsin Okafor'), payloadOf('Tamsin Okafor')]);
    const shown = JSON.stringify([one, two].map((payload) => Buffer.from(payload?.data ?? []).toString('latin1')));
    expect(shown).not.toContain('Tamsin');
    expect(shown).not.toContain('json/plain');
    expect(one?.data).not.toEqual(two?.data);
    expect(Object.keys(one?.metadata ?? {})).toEqual(['encoding', 'encryption-key-id']);
  });

  it('refuses data of which any one bit was altered, and data cut short', async () => {
    const sealed = await sealOne(codec, { note: 'visit planned' });
    await fc.assert(
      fc.asyncProperty(fc.nat((sealed.data?.length ?? 0) * 8 - 1), async (bit) => {
        const data = Buffer.from(sealed.data ?? []);
        data.writeUInt8(data.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
        await expect(codec.decode([{ ...sealed, data }])).rejects.toThrow(PayloadNotReadable);
        await expect(codec.decode([{ ...sealed, data: data.subarray(0, bit >> 3) }])).rejects.toThrow(
          PayloadNotReadable,
        );
      }),
    );
  });

  it('refuses a payload that was relabelled with another known key, even one of the same bytes', async () => {
    const twin = `twin:${key.split(':')[1]}`;
    const sealed = await sealOne(codecWith(key), 'anything');
    const relabelled = { ...sealed, metadata: { ...sealed.metadata, 'encryption-key-id': Buffer.from('twin') } };
    await expect(codecWith(key, twin).decode([relabelled])).rejects.toThrow('encryption key "twin"');
  });

  it('names the unknown key id and the way out, and nothing of the content', async () => {
    const sealed = await sealOne(codecWith(aKey('lost')), 'Tamsin Okafor');
    const failure = await codec.decode([sealed]).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(PayloadNotReadable);
    expect(String(failure)).toContain('"lost"');
    expect(String(failure)).toContain('known: first');
    expect(String(failure)).toContain('ENCRYPTION_KEYS');
    expect(inspect(failure, { depth: 9 })).not.toContain('Tamsin');
  });

  it('reads what an older key sealed, seals with the newest, and tells the two apart', async () => {
    const rotated = codecWith(aKey('second'), key);
    const before = await sealOne(codec, 'before');
    const after = await sealOne(rotated, 'after');
    expect((await rotated.decode([before, after])).map(valueOf)).toEqual(['before', 'after']);
    expect([before, after, payloadOf('plain')].map((payload) => rotated.isCurrent(payload))).toEqual([
      false,
      true,
      false,
    ]);
    await expect(codec.decode([after])).rejects.toThrow('"second"');
  });

  it('lets a payload pass that was never sealed', async () => {
    const plain = payloadOf({ sent: 'from the Temporal UI' });
    expect(await codec.decode([plain])).toEqual([plain]);
  });
});
