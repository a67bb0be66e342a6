import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { Client, Pool } from 'pg';
import { startPostgres } from '../../scripts/postgres';
import { migrate } from '../../src/migrate-database';

/** A PostgreSQL of the bench alone: fresh, on a port and in a folder of its own, gone afterwards. */
export interface BenchDatabase {
  readonly port: number;
  readonly pid: number;
  readonly name: string;
  readonly ownerUrl: string;
  readonly appUrl: string;
  readonly checkUrl: string;
  /** The owner's connections, for looking behind the product's back. */
  readonly owner: Pool;
  readonly stop: () => Promise<void>;
}

const name = 'cpis_bench';
/**
 * Durability stays as PostgreSQL ships it: on. The checkpoint is made by the bench, before the first window: one that
 * came by itself would disturb one side of a pair.
 */
const settings = ['checkpoint_timeout=1h', 'max_wal_size=8GB', 'shared_preload_libraries=pg_stat_statements'];

export const startBenchDatabase = async (folder: string): Promise<BenchDatabase> => {
  const server = await startPostgres({
    home: join(folder, 'postgres'),
    logFile: join(folder, 'postgres.log'),
    ownerPassword: randomBytes(12).toString('hex'),
    database: name,
    settings,
  });
  await countNoStatements(server.ownerUrl);
  await migrate(server.ownerUrl);
  const owner = new Pool({ connectionString: server.ownerUrl, max: 4 });
  owner.on('error', () => undefined);
  return {
    port: server.port,
    pid: server.pid,
    name,
    ownerUrl: server.ownerUrl,
    appUrl: asRole(server.ownerUrl, 'cpis_app'),
    checkUrl: asRole(server.ownerUrl, 'cpis_check'),
    owner,
    stop: async () => {
      // the server cuts off whatever still runs: waiting for it first could take long
      await server.stop();
      await owner.end();
    },
  };
};

/** Counting statements costs time: it is on only in the window that asks for it. */
const countNoStatements = async (ownerUrl: string): Promise<void> => {
  const client = new Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await client.query(`alter system set pg_stat_statements.track = 'none'`);
    await client.query('select pg_reload_conf()');
    await client.query('create extension pg_stat_statements');
    await client.query('create extension pg_walinspect');
  } finally {
    await client.end();
  }
};

const asRole = (ownerUrl: string, role: string): string => {
  const url = new URL(ownerUrl);
  url.username = role;
  url.password = role;
  return url.href;
};
