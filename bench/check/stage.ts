import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { placeOf } from '../../scripts/postgres';
import { startIdentity } from '../../test/servers/identity';
import { startBenchDatabase, type BenchDatabase } from '../database/bench-database';
import { fill } from '../database/fill';
import { LoadGenerator } from '../load/load-generator';
import type { Roots } from '../measure/machine';
import type { BenchOptions } from '../options';
import { driverLoad } from '../variants/driver-load';
import { pgbenchLoad, pgbenchVersion, type StatementLoad } from '../variants/pgbench';
import { startPlainServer, type Served } from '../variants/plain-process';
import { startProduct } from '../variants/product';

export type Say = (line: string) => void;

/** Everything that one run measures and measures with. */
export interface Stage {
  readonly database: BenchDatabase;
  readonly generator: LoadGenerator;
  readonly product: Served;
  readonly bare: Served;
  readonly naive: Served;
  readonly statement: StatementLoad;
  /** What runs the bare statement. */
  readonly statementTool: string;
  readonly tokens: { readonly alerting: string; readonly silent: string };
  /** Where the generator writes down what it was told. */
  readonly oracleFile: string;
  /** The processes whose time is counted apart. */
  readonly roots: Roots;
}

/** Starts all of it; `stack` stops it again, also what was started before something failed. */
export const setStage = async (options: BenchOptions, stack: AsyncDisposableStack, say: Say): Promise<Stage> => {
  const folder = makeFolder(stack);
  say('Starting a fresh PostgreSQL and loading 220,000 plans.');
  const database = await startBenchDatabase(folder);
  stack.defer(database.stop);
  await fill(database.owner, options.seed);
  say('Starting the product, the bare handler, the naive variant and the load generator.');
  const identity = await startIdentity({ port: 0, webUrl: 'http://localhost:0' });
  stack.defer(identity.stop);
  const logFile = join(folder, 'web.log');
  const { main, profileFolder } = options;
  const product = await startProduct({ database, issuer: identity.issuer, logFile, main, profileFolder });
  stack.defer(product.stop);
  const bare = await startPlainServer('bare-server', database.checkUrl, join(folder, 'bare.log'));
  stack.defer(bare.stop);
  const naive = await startPlainServer('naive-server', database.ownerUrl, join(folder, 'naive.log'));
  stack.defer(naive.stop);
  const generator = await LoadGenerator.start();
  stack.defer(() => generator.stop());
  const version = pgbenchVersion();
  return {
    database,
    generator,
    product,
    bare,
    naive,
    statement: version ? await pgbenchLoad(database.checkUrl, folder) : driverLoad(database.checkUrl),
    statementTool: version ?? 'the pg driver (no pgbench was found)',
    tokens: { alerting: await identity.tokenFor('ed-system'), silent: await identity.tokenFor('gp-system') },
    oracleFile: join(folder, 'oracle.csv'),
    roots: { web: product.pid, bare: bare.pid, naive: naive.pid, postgres: database.pid, generator: generator.pid },
  };
};

/** A folder that PostgreSQL's own user can reach, removed with everything in it. */
const makeFolder = (stack: AsyncDisposableStack): string => {
  const folder = mkdtempSync(join(tmpdir(), 'cpis-bench-'));
  chmodSync(folder, 0o711);
  stack.defer(() => {
    rmSync(placeOf(join(folder, 'postgres')), { recursive: true, force: true });
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
};
