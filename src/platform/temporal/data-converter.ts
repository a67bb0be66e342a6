import type { DataConverter, PayloadCodec } from '@temporalio/common';

/** The same path serves client, worker, replay and the bundle: failures must read alike everywhere. */
export const failureConverterPath = require.resolve('./failure-converter');

/** What client, worker, schedules, replay and scripts take: plain JSON, encrypted payloads and failures. */
export const dataConverterWith = (codec: PayloadCodec): DataConverter & { payloadCodecs: PayloadCodec[] } => ({
  failureConverterPath,
  payloadCodecs: [codec],
});
