import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ClearError } from '../../scripts/clear-error';
import { freePort } from '../../scripts/ports';
import { checkout } from '../../scripts/places';
import { isAlive, know, launch, stopProcess, tailOf } from '../../scripts/processes';
import type { BenchDatabase } from '../database/bench-database';
import type { Served } from './plain-process';

export interface ProductOptions {
  readonly database: BenchDatabase;
  readonly issuer: string;
  readonly logFile: string;
  /** `main.js` of another build than the checkout's, to compare two. */
  readonly main?: string | undefined;
  /** Where to write a processor profile when the process ends. */
  readonly profileFolder?: string | undefined;
}

const patienceMs = 60_000;

/** The web process as it is shipped, everything on; Temporal is not there, and a check does not need it. */
export const startProduct = async (options: ProductOptions): Promise<Served> => {
  const { logFile, profileFolder } = options;
  const port = await freePort();
  const profile = profileFolder ? ['--cpu-prof', `--cpu-prof-dir=${profileFolder}`, '--cpu-prof-interval=500'] : [];
  const args = [...profile, '--enable-source-maps', options.main ?? join(checkout, 'dist', 'src', 'main.js')];
  const child = launch({ command: process.execPath, args, logFile, env: environment(options, port), cwd: checkout });
  const known = child.pid ? know(child.pid) : undefined;
  if (!known) throw new ClearError('The web process could not be started.');
  const stop = (): Promise<void> => stopProcess(known, { withinSeconds: 25 });
  for (const until = Date.now() + patienceMs; Date.now() < until; await pause(100)) {
    if (!isAlive(known)) throw new ClearError(`The web process stopped while starting: ${tailOf(logFile, 3)}`);
    if (await isReady(port)) return { pid: known.pid, port, stop };
  }
  await stop();
  throw new ClearError(`The web process did not answer within ${patienceMs / 1000} s; its log is ${logFile}.`);
};

const environment = ({ database, issuer }: ProductOptions, port: number): NodeJS.ProcessEnv => ({
  PATH: process.env['PATH'],
  PORT: String(port),
  DATABASE_APP_URL: database.appUrl,
  DATABASE_CHECK_URL: database.checkUrl,
  OIDC_ISSUER: issuer,
  TEMPORAL_ADDRESS: '127.0.0.1:1',
  LOG_LEVEL: 'info',
});

const isReady = (port: number): Promise<boolean> =>
  fetch(`http://127.0.0.1:${port}/health/live`, { signal: AbortSignal.timeout(2000) }).then(
    ({ ok }) => ok,
    () => false,
  );
