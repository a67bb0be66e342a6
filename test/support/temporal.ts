import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { freePort } from '../../scripts/ports';
import { startTemporal } from '../../scripts/temporal';
import type { Temporal } from '../../scripts/temporal';
import { onceARun, runFolder } from './run-folder';

/** A real Temporal dev server with our search attributes; namespace `default`. */
export type DevServer = { readonly address: string };

/** The dev server that all suites of a run share: keep ids and task queues apart. In memory; stopped with the run. */
export const devServer = (): Promise<DevServer> =>
  onceARun('temporal', async () => {
    const { address, pid } = await startTemporal({
      port: await freePort(),
      logFile: join(runFolder(), 'temporal.log'),
    });
    return { address, pid };
  });

/** A dev server of one suite, which may stop it and start it again on the same port with the same workflows. */
export type OwnDevServer = DevServer & {
  readonly start: () => Promise<void>;
  readonly stop: () => Promise<void>;
  readonly logFile: string;
  /** Everything that the server keeps. */
  readonly databaseFile: string;
};

/**
 * Starts a dev server that the suite alone uses. The suite stops it. One that keeps its workflows in memory forgets them
 * when it is stopped, and takes more of them a second.
 */
export const ownDevServer = async ({ inMemory = false } = {}): Promise<OwnDevServer> => {
  const name = join(runFolder(), `temporal-${randomBytes(4).toString('hex')}`);
  const options = { port: await freePort(), logFile: `${name}.log`, databaseFile: `${name}.db` };
  const start = (): Promise<Temporal> =>
    startTemporal(inMemory ? { port: options.port, logFile: options.logFile } : options);
  let running: Temporal | undefined = await start();
  return {
    address: running.address,
    logFile: options.logFile,
    databaseFile: options.databaseFile,
    start: async () => {
      running ??= await start();
    },
    stop: async () => {
      await running?.stop();
      running = undefined;
    },
  };
};
