import { setTimeout as pause } from 'node:timers/promises';
import { Connection } from '@temporalio/client';
import { ClearError, isDiskFull } from './clear-error';
import { sayAloud } from './patience';
import type { Say } from './patience';
import { portIsBusy } from './ports';
import { isAlive, know, launch, stopProcess, tailOf } from './processes';
import type { KnownProcess } from './processes';
import { temporalBinary } from './temporal-binary';

export type TemporalOptions = {
  readonly port: number;
  /** No port: no Web UI. */
  readonly uiPort?: number;
  readonly logFile: string;
  /** The file that keeps the workflows; in memory without one. */
  readonly databaseFile?: string;
  /** Where the Web UI asks for payloads to be decrypted. */
  readonly codecUrl?: string;
  readonly say?: Say;
};

/** A Temporal dev server that runs for us. */
export type Temporal = {
  readonly address: string;
  readonly uiUrl: string | undefined;
  readonly pid: number;
  readonly stop: () => Promise<void>;
};

/** As `temporal.md` lists them: none of them personal. */
export const searchAttributes = {
  Authority: 'Keyword',
  Stage: 'Keyword',
  SchemaVersion: 'Int',
  NextDeadline: 'Datetime',
};

const loopback = '127.0.0.1';
const patienceSeconds = 60;

const argumentsFor = ({ port, uiPort, databaseFile, codecUrl }: TemporalOptions): string[] => [
  'server',
  'start-dev',
  '--ip',
  loopback,
  '--port',
  String(port),
  '--log-level',
  'error',
  '--log-format',
  'json',
  ...(uiPort ? ['--ui-port', String(uiPort)] : ['--headless']),
  ...(databaseFile ? ['--db-filename', databaseFile] : []),
  ...(codecUrl ? ['--ui-codec-endpoint', codecUrl] : []),
  ...Object.entries(searchAttributes).flatMap(([name, type]) => ['--search-attribute', `${name}=${type}`]),
];

/** @throws ClearError when one of the two ports is taken. */
export const refuseBusyTemporalPorts = async ({
  port,
  uiPort,
}: Pick<TemporalOptions, 'port' | 'uiPort'>): Promise<void> => {
  if (await portIsBusy(port)) {
    throw new ClearError(
      `Port ${port}, wanted by Temporal, is taken: set TEMPORAL_PORT to another, or TEMPORAL_ADDRESS=localhost:${port} if a Temporal server is what runs there.`,
    );
  }
  if (uiPort && (await portIsBusy(uiPort))) {
    throw new ClearError(`Port ${uiPort}, wanted by Temporal’s Web UI, is taken: set TEMPORAL_UI_PORT to another.`);
  }
};

/** Whether a Temporal server answers there and has the namespace. */
export const temporalAnswers = async (address: string, namespace = 'default'): Promise<boolean> => {
  try {
    const connection = await Connection.connect({ address, connectTimeout: '2s' });
    try {
      await connection.withDeadline(Date.now() + 2000, () =>
        connection.workflowService.describeNamespace({ namespace }),
      );
      return true;
    } finally {
      await connection.close();
    }
  } catch {
    return false;
  }
};

const untilItAnswers = async (address: string, server: KnownProcess, logFile: string): Promise<void> => {
  for (const until = Date.now() + patienceSeconds * 1000; Date.now() < until; await pause(100)) {
    if (!isAlive(server)) throw explain(logFile);
    if (await temporalAnswers(address)) return;
  }
  throw new ClearError(`Temporal did not answer within ${patienceSeconds} seconds; its log is ${logFile}.`);
};

const explain = (logFile: string): ClearError => {
  const said = tailOf(logFile);
  if (isDiskFull(said))
    return new ClearError('The disk is full: Temporal cannot write; free some space and start again.');
  return new ClearError(`Temporal stopped while starting (${said.split('\n').at(-1)?.trim()}); its log is ${logFile}.`);
};

/** Gets (when needed) and starts a Temporal dev server, and waits until it answers. @throws ClearError when it cannot. */
export const startTemporal = async (options: TemporalOptions): Promise<Temporal> => {
  await refuseBusyTemporalPorts(options);
  const command = await temporalBinary(options.say ?? sayAloud);
  const child = launch({ command, args: argumentsFor(options), logFile: options.logFile });
  child.once('error', () => undefined);
  child.unref();
  const server = child.pid ? know(child.pid) : undefined;
  if (!server) throw explain(options.logFile);
  const address = `${loopback}:${options.port}`;
  const stop = () => stopProcess(server, { withinSeconds: 15 });
  try {
    await untilItAnswers(address, server, options.logFile);
  } catch (error) {
    await stop();
    throw error;
  }
  return { address, uiUrl: options.uiPort ? `http://localhost:${options.uiPort}` : undefined, pid: server.pid, stop };
};
