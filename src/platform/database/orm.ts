import { MikroORM, type Options } from '@mikro-orm/core';
import { PostgreSqlDriver } from '@mikro-orm/postgresql';
import type { Config } from '../config';

export type Entities = NonNullable<Options<PostgreSqlDriver>['entities']>;

const connections = 20;

/** The application role's way to PostgreSQL; connects on first use, so that a process starts without it. */
export function openOrm(config: Config, entities: Entities): Promise<MikroORM> {
  return MikroORM.init<PostgreSqlDriver>({
    driver: PostgreSqlDriver,
    clientUrl: config.databaseAppUrl,
    entities,
    forceUtcTimezone: true,
    pool: { min: 0, max: connections },
    driverOptions: {
      application_name: 'cpis-app',
      connectionTimeoutMillis: 5000,
      options: '-c lock_timeout=10000 -c idle_in_transaction_session_timeout=60000',
    },
    logger: () => undefined,
  }) as Promise<MikroORM>;
}
