import { Injectable } from '@nestjs/common';
import { MikroORM } from '@mikro-orm/core';
import type { EntityManager, PostgreSqlConnection } from '@mikro-orm/postgresql';
import type { Pool } from 'pg';

/**
 * The way to the rows. Each call is one transaction that names its scope to row-level security:
 * an authority's GSS code, or '*' for the product itself. A transaction without a scope sees nothing.
 */
@Injectable()
export class Database {
  constructor(private readonly orm: MikroORM) {}

  /** Runs `work` in one transaction that sees the rows of one authority (GSS code) alone. */
  as<T>(scope: string, work: (em: EntityManager) => Promise<T>): Promise<T> {
    const em = this.orm.em.fork({ session: { variables: { 'cpis.authority': scope } } }) as EntityManager;
    return em.transactional((tx) => work(tx));
  }

  /** Runs `work` as the product itself: relay, watchdog, activities, sign-in. Never on a caller's behalf. */
  everything<T>(work: (em: EntityManager) => Promise<T>): Promise<T> {
    return this.as('*', work);
  }

  /** The pool of the application role, for COPY: set `cpis.authority` in a transaction of your own. */
  pool(): Promise<Pool> {
    return (this.orm.em.getConnection() as PostgreSqlConnection).getNativeClient();
  }

  /** Rejects when PostgreSQL does not answer. */
  async ping(): Promise<void> {
    await this.orm.em.fork().getConnection().execute('select 1');
  }

  close(): Promise<void> {
    return this.orm.close();
  }
}
