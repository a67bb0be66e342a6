import { Global, Module, type DynamicModule } from '@nestjs/common';
import { MikroORM } from '@mikro-orm/core';
import { Audit } from './audit/audit';
import { Clock } from './clock';
import { Config } from './config';
import { Database } from './database/database';
import { openOrm, type Entities } from './database/orm';
import { ProblemFilter } from './http/problem.filter';
import { Metrics } from './observability/metrics';
import { Outbox } from './outbox/outbox';
import { Relay } from './outbox/relay';
import { BearerTokens, RIGHTS_OF } from './sign-in/bearer';
import type { RightsOf } from './sign-in/caller';
import { OpenId } from './sign-in/open-id';
import { Sessions } from './sign-in/sessions';

export interface PlatformOptions {
  readonly config: Config;
  readonly entities: Entities;
  readonly rightsOf: RightsOf;
}

const own = [Audit, BearerTokens, Clock, Database, Metrics, OpenId, Outbox, ProblemFilter, Relay, Sessions];

/** What every noun stands on. It knows no domain word. */
@Global()
@Module({})
export class PlatformModule {
  static with({ config, entities, rightsOf }: PlatformOptions): DynamicModule {
    return {
      module: PlatformModule,
      providers: [
        { provide: Config, useValue: config },
        { provide: RIGHTS_OF, useValue: rightsOf },
        { provide: MikroORM, useFactory: () => openOrm(config, entities) },
        ...own,
      ],
      exports: [Config, RIGHTS_OF, ...own],
    };
  }
}
