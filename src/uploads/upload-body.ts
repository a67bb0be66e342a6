import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { Problem } from '../platform/problems/problem';

/** A file as it came: its hash over the bytes, and the bytes compressed, in parts. */
export interface ReceivedFile {
  readonly contentHash: Buffer;
  readonly parts: readonly Buffer[];
}

const partBytes = 512 * 1024;
/** Compressed; far above any honest file within the limit, and what one upload may hold in memory. */
const longestCompressedBytes = 64 * 1024 * 1024;

/**
 * Reads a request's body to its end, compressing as it comes, no faster than it can. No connection of the database is
 * held meanwhile, so a slow sender holds up nobody. Rejects with `too-large`, and `malformed-request` when it breaks off.
 */
export async function receiveFile(body: Readable, limitBytes: number): Promise<ReceivedFile> {
  const hash = createHash('sha256');
  const parts: Buffer[] = [];
  try {
    await pipeline(
      hashed(body, hash.update.bind(hash), limitBytes),
      createGzip({ level: 4 }),
      (compressed: AsyncIterable<Buffer>) => collect(compressed, parts),
    );
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw new Problem('malformed-request', { detail: 'The file did not arrive whole.', cause: error });
  }
  return { contentHash: hash.digest(), parts };
}

/** The file's bytes again, from its parts. */
export async function* fileBytes(parts: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const gunzip = createGunzip();
  const feeding = pipeline(parts, gunzip);
  feeding.catch(() => undefined); // told by the loop below
  for await (const chunk of gunzip) yield chunk as Buffer;
  await feeding;
}

async function* hashed(body: Readable, update: (chunk: Buffer) => unknown, limitBytes: number): AsyncGenerator<Buffer> {
  let bytes = 0;
  // the request is not destroyed when we stop early: its answer still has to go out
  for await (const chunk of body.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > limitBytes) {
      body.resume();
      throw new Problem('too-large', { detail: `A file may have ${limitBytes} bytes.` });
    }
    update(chunk);
    yield chunk;
  }
}

async function collect(compressed: AsyncIterable<Buffer>, parts: Buffer[]): Promise<void> {
  let waiting: Buffer[] = [];
  let waitingBytes = 0;
  let bytes = 0;
  for await (const chunk of compressed) {
    waiting.push(chunk);
    waitingBytes += chunk.length;
    bytes += chunk.length;
    if (bytes > longestCompressedBytes)
      throw new Problem('too-large', { detail: 'The file cannot be compressed: is it text?' });
    if (waitingBytes < partBytes) continue;
    parts.push(Buffer.concat(waiting));
    waiting = [];
    waitingBytes = 0;
  }
  if (waitingBytes > 0) parts.push(Buffer.concat(waiting));
}
