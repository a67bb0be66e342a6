import { fork } from 'node:child_process';
import { join } from 'node:path';
import { forkOptions } from '../load/load-generator';
import { tailOf } from '../measure/percentiles';
import { clients, type StatementLoad } from './pgbench';

/** What the process that runs the statement tells: how long each took, milliseconds, without the first second. */
export interface DriverRun {
  readonly latenciesMs: Float64Array;
  readonly answered: number;
}

/** Where there is no pgbench: the same statement and number of clients through the `pg` driver, in its own process. */
export const driverLoad =
  (checkUrl: string): StatementLoad =>
  async (seconds) => {
    const args = [checkUrl, String(seconds), String(clients)];
    const child = fork(join(__dirname, 'driver-clients.ts'), args, { ...forkOptions, serialization: 'advanced' });
    const { latenciesMs, answered } = await new Promise<DriverRun>((resolve, reject) => {
      child.once('message', (run: DriverRun) => resolve(run));
      child.once('exit', () => reject(new Error('the clients of the pg driver stopped by themselves')));
    });
    return { ratePerSecond: latenciesMs.length / seconds, answered, tail: tailOf(latenciesMs) };
  };
