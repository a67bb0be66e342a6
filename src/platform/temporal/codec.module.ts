import { Module, type MiddlewareConsumer, type NestModule } from '@nestjs/common';
import { Config } from '../config';
import { codecGate } from './codec-gate';
import { CodecController } from './codec.controller';
import { TemporalModule } from './temporal.module';

/** The codec server: part of the web process alone. */
@Module({ imports: [TemporalModule], controllers: [CodecController] })
export class CodecModule implements NestModule {
  constructor(private readonly config: Config) {}

  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(codecGate(new URL(this.config.temporalUiUrl).origin)).forRoutes('codec/decode');
  }
}
