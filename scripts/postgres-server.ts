import { setTimeout as pause } from 'node:timers/promises';
import { Client, escapeIdentifier } from 'pg';
import { ClearError, isDiskFull } from './clear-error';
import { dataOf, stopServer } from './postgres-cluster';
import type { Cluster } from './postgres-cluster';
import { isAlive, know, launch, tailOf } from './processes';
import type { KnownProcess } from './processes';

export type Run = {
  readonly port: number;
  readonly logFile: string;
  readonly database: string;
  readonly settings: readonly string[];
};

/** Reached over the loopback only, and its log never shows a statement, a parameter or a row. */
const always = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'max_connections=200',
  'jit=off',
  'timezone=UTC',
  'log_timezone=UTC',
  'log_error_verbosity=terse',
  'log_min_error_statement=panic',
  'log_parameter_max_length_on_error=0',
];

/** Longest wait for a start: it may have to recover from a crash first. */
const patienceSeconds = 120;

/** Starts the server and waits until it answers and has the database. @throws ClearError when it does not. */
export const runServer = async (cluster: Cluster, run: Run): Promise<KnownProcess> => {
  const server = await spawnServer(cluster, run);
  try {
    await untilItAnswers(cluster, run, server);
    return server;
  } catch (error) {
    await stopServer(server);
    throw error;
  }
};

const spawnServer = async (cluster: Cluster, run: Run): Promise<KnownProcess> => {
  const settings = [...always, ...run.settings].flatMap((setting) => ['-c', setting]);
  const child = launch({
    command: cluster.binaries.postgres,
    args: ['-D', dataOf(cluster.home), '-p', String(run.port), ...settings],
    logFile: run.logFile,
    cwd: cluster.home,
    user: cluster.user,
    stopSignal: 'SIGINT',
    env: { PATH: process.env['PATH'], LC_ALL: 'C' },
  });
  child.unref();
  const failed = new Promise<Error>((resolve) => child.once('error', resolve));
  const server = child.pid ? know(child.pid) : undefined;
  if (server) return server;
  throw child.pid ? explain(run) : new ClearError(`PostgreSQL could not be started: ${(await failed).message}`);
};

const untilItAnswers = async (cluster: Cluster, run: Run, server: KnownProcess): Promise<void> => {
  for (const until = Date.now() + patienceSeconds * 1000; Date.now() < until; await pause(50)) {
    if (!isAlive(server)) throw explain(run);
    if (await hasDatabase(cluster, run)) return;
  }
  throw new ClearError(`PostgreSQL did not answer within ${patienceSeconds} seconds; its log is ${run.logFile}.`);
};

/** Makes the database when it is missing; false while the server is not ready yet. */
const hasDatabase = async (cluster: Cluster, run: Run): Promise<boolean> => {
  const { ownerName: user, ownerPassword: password } = cluster;
  const client = new Client({ host: '127.0.0.1', port: run.port, user, password, database: 'postgres' });
  try {
    await client.connect();
    const { rowCount } = await client.query('select from pg_database where datname = $1', [run.database]);
    if (rowCount === 0) await client.query(`create database ${escapeIdentifier(run.database)}`);
    return true;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === '28P01') throw new ClearError(forgotten, { cause: error });
    if (isDiskFull(message)) throw new ClearError(noRoom, { cause: error });
    if (notReady.has(code ?? '')) return false;
    throw error;
  } finally {
    await client.end();
  }
};

const notReady = new Set(['ECONNREFUSED', 'ECONNRESET', '57P03']);
const noRoom = 'The disk is full: PostgreSQL cannot write; free some space and start again.';
const forgotten =
  'The database was made with another password than the one in .data/secrets.json: put that file back, or start over with npm run reset.';

const explain = ({ logFile, port }: Run): ClearError => {
  const said = tailOf(logFile);
  if (isDiskFull(said)) return new ClearError(noRoom);
  if (/Address already in use/.test(said)) return new ClearError(`PostgreSQL's port ${port} was taken: start again.`);
  const reason = said.split('\n').findLast((line) => /FATAL|PANIC|ERROR/.test(line)) ?? 'it said nothing';
  return new ClearError(
    `PostgreSQL stopped while starting (${reason.replace(/^.*(FATAL|PANIC|ERROR):\s*/, '')}); its log is ${logFile}.`,
  );
};
