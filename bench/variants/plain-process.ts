import { fork } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { ClearError } from '../../scripts/clear-error';
import { tailOf } from '../../scripts/processes';
import { forkOptions } from '../load/load-generator';

/** A server of one of the variants, as a process of its own. */
export interface Served {
  readonly pid: number;
  readonly port: number;
  readonly stop: () => Promise<void>;
}

/** Starts `bare-server.ts` or `naive-server.ts`. @throws ClearError with the last lines of its log. */
export const startPlainServer = async (
  name: 'bare-server' | 'naive-server',
  databaseUrl: string,
  logFile: string,
): Promise<Served> => {
  const log = openSync(logFile, 'a');
  const stdio: ('ignore' | 'ipc' | number)[] = ['ignore', log, log, 'ipc'];
  const child = fork(join(__dirname, `${name}.ts`), [databaseUrl], { ...forkOptions, stdio });
  closeSync(log);
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const port = await Promise.race([
    new Promise<number>((resolve) => child.once('message', (told: { port: number }) => resolve(told.port))),
    gone.then(() => {
      throw new ClearError(`The ${name} stopped while starting: ${tailOf(logFile, 4)}`);
    }),
  ]);
  const stop = async (): Promise<void> => {
    if (child.connected) child.disconnect();
    await gone;
  };
  return { pid: child.pid ?? 0, port, stop };
};
