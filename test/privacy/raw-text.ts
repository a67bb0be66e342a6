const base64 = /^[A-Za-z0-9+/]{16,}={0,2}$/;

/**
 * Every text within a message as the gRPC client gives it: names of fields and of map entries, strings, numbers, and
 * bytes read as UTF-8. What is base64 within it is read too. One a line.
 */
export const textOf = (message: unknown): string => [...texts(message)].join('\n');

function* texts(value: unknown): Generator<string> {
  if (value === null || value === undefined || typeof value === 'function' || typeof value === 'boolean') return;
  if (typeof value === 'string') yield* read(value);
  else if (typeof value === 'number' || typeof value === 'bigint') yield String(value);
  else if (value instanceof Uint8Array) yield* read(Buffer.from(value).toString('utf8'));
  else if (isLong(value)) yield String(value);
  else if (typeof value === 'object')
    for (const [name, each] of Object.entries(value)) {
      yield name;
      yield* texts(each);
    }
}

const read = (text: string): string[] =>
  base64.test(text) ? [text, Buffer.from(text, 'base64').toString('utf8')] : [text];

/** protobuf's 64-bit numbers. */
const isLong = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'low' in value && 'high' in value && 'unsigned' in value;
