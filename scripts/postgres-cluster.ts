import { spawnSync } from 'node:child_process';
import { chownSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ClearError, isDiskFull } from './clear-error';
import type { PostgresBinaries } from './postgres-binaries';
import type { PostgresUser } from './postgres-user';
import { know, stopProcess } from './processes';
import type { KnownProcess } from './processes';

/** One PostgreSQL data folder with all that is needed to run it. */
export type Cluster = {
  readonly home: string;
  readonly user: PostgresUser;
  readonly binaries: PostgresBinaries;
  readonly ownerName: string;
  readonly ownerPassword: string;
};

export const dataOf = (home: string): string => join(home, 'data');

/** Makes the database files on the first start. A half-made folder of an interrupted first start is made anew. */
export const initialise = (cluster: Cluster): void => {
  const data = dataOf(cluster.home);
  if (existsSync(join(cluster.home, 'ready'))) return;
  rmSync(data, { recursive: true, force: true });
  const passwordFile = join(cluster.home, 'password');
  writeFileSync(passwordFile, cluster.ownerPassword, { mode: 0o600 });
  if (cluster.user) chownSync(passwordFile, cluster.user.uid, cluster.user.gid);
  try {
    runInitdb(cluster, data, passwordFile);
  } finally {
    rmSync(passwordFile, { force: true });
  }
  writeFileSync(join(cluster.home, 'ready'), '');
};

const runInitdb = (cluster: Cluster, data: string, passwordFile: string): void => {
  const done = spawnSync(
    cluster.binaries.initdb,
    [
      `--pgdata=${data}`,
      `--username=${cluster.ownerName}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--locale=C',
    ],
    { ...cluster.user, cwd: cluster.home, encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } },
  );
  if (done.status === 0) return;
  rmSync(data, { recursive: true, force: true });
  const said = `${done.stderr}${done.error?.message ?? ''}`.trim();
  if (isDiskFull(said)) throw new ClearError(`The disk is full: PostgreSQL needs about 200 MB below ${cluster.home}.`);
  throw new ClearError(`PostgreSQL could not make its data folder ${data}: ${said.split('\n').at(-1)}`);
};

/** The postgres process that holds this data folder, by its own lock file, if it is really alive and really postgres. */
export const runningServer = (home: string): KnownProcess | undefined => {
  const lockFile = join(dataOf(home), 'postmaster.pid');
  if (!existsSync(lockFile)) return undefined;
  const pid = Math.abs(Number(readFileSync(lockFile, 'utf8').split('\n')[0]));
  const command = spawnSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' }).stdout ?? '';
  const args = existsSync(`/proc/${pid}/cmdline`) ? readFileSync(`/proc/${pid}/cmdline`, 'utf8') : command;
  return args.includes('postgres') && args.includes(dataOf(home)) ? know(pid) : undefined;
};

/** Stops what a killed launcher left running, and clears the lock of one that was itself killed. */
export const clearLeftovers = async (home: string): Promise<void> => {
  const server = runningServer(home);
  if (server) await stopServer(server);
  rmSync(join(dataOf(home), 'postmaster.pid'), { force: true });
};

/** Fast shutdown: sessions are cut off, everything committed is on disk. */
export const stopServer = (server: KnownProcess): Promise<void> =>
  stopProcess(server, { signal: 'SIGINT', withinSeconds: 20 });
