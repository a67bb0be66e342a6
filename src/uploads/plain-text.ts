import { MalformedFile } from './malformed-file';

/** Passes bytes through while they are UTF-8 without NUL characters; throws CPF01 at the first that is not. */
export async function* plainText(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  for await (const chunk of bytes) {
    if (chunk.includes(0)) throw new MalformedFile('CPF01', 'The file has NUL characters: save it as UTF-8 text.');
    refuseOtherEncoding(() => decoder.decode(chunk, { stream: true }));
    yield chunk;
  }
  refuseOtherEncoding(() => decoder.decode());
}

function refuseOtherEncoding(decode: () => string): void {
  try {
    decode();
  } catch {
    throw new MalformedFile('CPF01', 'The file is not UTF-8: save it as UTF-8 text.');
  }
}
