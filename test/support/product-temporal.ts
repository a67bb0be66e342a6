import { Client, Connection } from '@temporalio/client';
import { dataConverterWith } from '../../src/platform/temporal/data-converter';
import { parseKeys } from '../../src/platform/temporal/encryption-keys';
import { EncryptionCodec } from '../../src/platform/temporal/payload-codec';

/** A way of the test's own to the Temporal server of a product under test. */
export interface ProductTemporal {
  /** Reads and decrypts with the product's key. Its `connection` gives everything as the server keeps it. */
  readonly client: Client;
  readonly codec: EncryptionCodec;
  readonly close: () => Promise<void>;
}

/** Connects as the product's settings say. */
export async function temporalOf(environment: Readonly<Record<string, string>>): Promise<ProductTemporal> {
  const connection = await Connection.connect({ address: environment['TEMPORAL_ADDRESS'] ?? '' });
  const codec = new EncryptionCodec(parseKeys(environment['ENCRYPTION_KEYS'] ?? ''));
  const client = new Client({ connection, dataConverter: dataConverterWith(codec) });
  return { client, codec, close: () => connection.close() };
}
