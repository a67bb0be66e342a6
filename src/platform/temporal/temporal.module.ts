import { Global, Module, type OnApplicationShutdown } from '@nestjs/common';
import { Config } from '../config';
import { dataConverterWith } from './data-converter';
import { parseKeys } from './encryption-keys';
import { EncryptionCodec } from './payload-codec';
import { TemporalClient } from './temporal-client';

/** The client and the codec, from the settings; makes no connection by itself. */
@Global()
@Module({
  providers: [
    {
      provide: EncryptionCodec,
      inject: [Config],
      useFactory: ({ encryptionKeys }: Config) => new EncryptionCodec(parseKeys(encryptionKeys)),
    },
    {
      provide: TemporalClient,
      inject: [Config, EncryptionCodec],
      useFactory: ({ temporalAddress, temporalNamespace }: Config, codec: EncryptionCodec) =>
        new TemporalClient({
          address: temporalAddress,
          namespace: temporalNamespace,
          dataConverter: dataConverterWith(codec),
        }),
    },
  ],
  exports: [EncryptionCodec, TemporalClient],
})
export class TemporalModule implements OnApplicationShutdown {
  constructor(private readonly temporal: TemporalClient) {}

  async onApplicationShutdown(): Promise<void> {
    await this.temporal.close();
  }
}
