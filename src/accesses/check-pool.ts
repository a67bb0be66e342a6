import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { Pool } from 'pg';
import { Config } from '../platform/config';

const connections = 12;

/**
 * Connections of the check path alone, under the role `cpis_check` (performance.md): short limits, so that a check
 * that cannot be answered says so at once. A broken connection is replaced, never fatal.
 */
@Injectable()
export class CheckPool implements OnApplicationShutdown {
  private readonly log = new Logger('check-pool');
  readonly pool: Pool;

  constructor(config: Config) {
    this.pool = new Pool({
      connectionString: config.databaseCheckUrl,
      application_name: 'cpis-check',
      max: connections,
      connectionTimeoutMillis: 1000,
      idleTimeoutMillis: 60_000,
      query_timeout: 2500,
      options: '-c statement_timeout=2000 -c lock_timeout=500 -c plan_cache_mode=force_generic_plan -c jit=off',
    });
    this.pool.on('error', (err) => this.log.warn({ err: err.message }, 'an idle connection was lost'));
    this.pool.on('connect', (client) =>
      client.on('error', (err) => this.log.warn({ err: err.message }, 'a connection was lost')),
    );
  }

  onApplicationShutdown(): Promise<void> {
    return this.pool.end();
  }
}
