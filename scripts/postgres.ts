import { rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { readJson, writeJson } from './json-file';
import { ClearError } from './clear-error';
import { shortName } from './places';
import { freePort, portIsBusy } from './ports';
import { postgresBinaries } from './postgres-binaries';
import { clearLeftovers, dataOf, initialise, stopServer } from './postgres-cluster';
import type { Cluster } from './postgres-cluster';
import { runServer } from './postgres-server';
import { canOwn, outsideFolder, postgresUser } from './postgres-user';
import type { PostgresUser } from './postgres-user';

/** A PostgreSQL of our own that runs. Its owner is the superuser `cpis_owner`; the product's other roles come with the migrations. */
export type Postgres = {
  readonly ownerUrl: string;
  readonly port: number;
  readonly pid: number;
  /** Stops cleanly (fast shutdown); resolves when the process is gone. */
  readonly stop: () => Promise<void>;
};

export type PostgresOptions = {
  /** The folder to keep the data in; another is chosen when the user that PostgreSQL runs as cannot reach it. */
  readonly home: string;
  readonly logFile: string;
  readonly ownerPassword: string;
  /** Made when it is missing. */
  readonly database: string;
  /** Further settings such as `fsync=off` for tests; durability is never touched without them. */
  readonly settings?: readonly string[];
};

/** Where the data of a wanted folder really is, and the port it had last; kept beside the wanted folder. */
type Placement = { readonly home: string; readonly port?: number };

const ownerName = 'cpis_owner';
const placementFile = (wanted: string): string => `${wanted}.json`;
const placementOf = (wanted: string): Placement => readJson<Placement>(placementFile(wanted)) ?? { home: wanted };

/** The folder that really holds the data of this wanted folder, for `npm run reset`. */
export const placeOf = (wanted: string): string => placementOf(wanted).home;

const place = (wanted: string): { readonly home: string; readonly user: PostgresUser } => {
  const known = placeOf(wanted);
  const user = postgresUser(dataOf(known));
  if (canOwn(user, known)) return { home: known, user };
  rmdirSync(known);
  const home = join(outsideFolder(user), `data-${shortName(wanted)}`);
  if (canOwn(user, home)) return { home, user };
  throw new ClearError(`PostgreSQL cannot write ${home}: set DATABASE_URL to a running PostgreSQL.`);
};

const samePortIfFree = async (last: number | undefined): Promise<number> =>
  last && !(await portIsBusy(last)) ? last : freePort();

/**
 * Starts the embedded PostgreSQL, on the data of the last time when there is some.
 * Clears what a killed launcher left behind. @throws ClearError with one sentence when it cannot run.
 */
export const startPostgres = async (options: PostgresOptions): Promise<Postgres> => {
  const { home, user } = place(options.home);
  const { ownerPassword, database, logFile } = options;
  const cluster: Cluster = { home, user, binaries: postgresBinaries(user), ownerName, ownerPassword };
  await clearLeftovers(home);
  initialise(cluster);
  const port = await samePortIfFree(placementOf(options.home).port);
  writeJson(placementFile(options.home), { home, port } satisfies Placement);
  const server = await runServer(cluster, { port, logFile, database, settings: options.settings ?? [] });
  const ownerUrl = `postgres://${ownerName}:${encodeURIComponent(ownerPassword)}@127.0.0.1:${port}/${database}`;
  return { ownerUrl, port, pid: server.pid, stop: () => stopServer(server) };
};
