import type { Payload, PayloadCodec } from '@temporalio/common';
import { z } from 'zod';

/** A payload as protobuf's JSON has it: all values base64. */
const jsonPayload = z.object({
  metadata: z.record(z.string(), z.base64()).nullish(),
  data: z.base64().nullish(),
});
type JsonPayload = z.infer<typeof jsonPayload>;

/** Body and answer of Temporal's remote codec protocol, `POST …/decode`. Not strict: the senders are not ours. */
export const codecPayloads = z.object({ payloads: z.array(jsonPayload).max(1_000) });
export type CodecPayloads = z.infer<typeof codecPayloads>;

/** Decrypts each payload; those that are not sealed come back as they were. Throws `PayloadNotReadable`. */
export const decodePayloads = async (codec: PayloadCodec, { payloads }: CodecPayloads): Promise<CodecPayloads> => ({
  payloads: (await codec.decode(payloads.map(fromJson))).map(toJson),
});

/** Exported for what sends payloads to a codec server: scripts and tests. */
export const toJson = ({ metadata, data }: Payload): JsonPayload => ({
  metadata: mapped(metadata ?? {}, (bytes) => Buffer.from(bytes).toString('base64')),
  data: Buffer.from(data ?? []).toString('base64'),
});

const fromJson = ({ metadata, data }: JsonPayload): Payload => ({
  metadata: mapped(metadata ?? {}, (text) => Buffer.from(text, 'base64')),
  data: Buffer.from(data ?? '', 'base64'),
});

const mapped = <A, B>(values: Readonly<Record<string, A>>, change: (value: A) => B): Record<string, B> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, change(value)]));
