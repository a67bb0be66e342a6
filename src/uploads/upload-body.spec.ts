import { createHash, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { fileBytes, receiveFile } from './upload-body';

const partsOf = async function* (parts: readonly Buffer[]): AsyncGenerator<Buffer> {
  yield* parts;
};
const roundTrip = async (chunks: readonly Buffer[]): Promise<{ bytes: Buffer; hash: Buffer; parts: number }> => {
  const { contentHash, parts } = await receiveFile(Readable.from(chunks), 100_000_000);
  const bytes: Buffer[] = [];
  for await (const chunk of fileBytes(partsOf(parts))) bytes.push(chunk);
  return { bytes: Buffer.concat(bytes), hash: contentHash, parts: parts.length };
};

describe('the body of an upload', () => {
  it.each([
    ['nothing', [], 1],
    ['one byte', [Buffer.from('x')], 1],
    ['three megabytes that cannot be compressed', Array.from({ length: 30 }, () => randomBytes(100_000)), 6],
  ])('comes back byte by byte: %s', async (_, chunks, parts) => {
    const whole = Buffer.concat(chunks);
    const back = await roundTrip(chunks);
    expect(back.bytes.equals(whole)).toBe(true);
    expect(back.hash).toEqual(createHash('sha256').update(whole).digest());
    expect(back.parts).toBe(parts);
  });

  it('is refused one byte above the limit, without destroying the request that still gets its answer', async () => {
    const body = Readable.from([Buffer.alloc(60), Buffer.alloc(41)]);
    await expect(receiveFile(body, 100)).rejects.toMatchObject({ type: 'too-large', status: 413 });
    expect(body.errored).toBeNull();
    await expect(receiveFile(Readable.from([Buffer.alloc(60), Buffer.alloc(40)]), 100)).resolves.toBeDefined();
  });

  it('is refused when it breaks off', async () => {
    const breaking = Readable.from(
      (async function* () {
        yield Buffer.from('local_id');
        throw Object.assign(new Error('aborted'), { code: 'ECONNRESET' });
      })(),
    );
    await expect(receiveFile(breaking, 100)).rejects.toMatchObject({ type: 'malformed-request' });
  });

  it('is damaged audibly: bytes that are not what was stored are an error, not an end', async () => {
    const { parts } = await receiveFile(Readable.from([randomBytes(100_000)]), 1_000_000);
    const cut = [parts[0]?.subarray(0, 50_000) ?? Buffer.alloc(0)];
    await expect(
      (async () => {
        for await (const _ of fileBytes(partsOf(cut)));
      })(),
    ).rejects.toThrow();
  });
});
