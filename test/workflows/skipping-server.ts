import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Connection } from '@temporalio/client';
import type { TestService } from '@temporalio/client';
import { InternalConnectionOptionsSymbol } from '@temporalio/client/lib/connection';
import type { InternalConnectionOptions } from '@temporalio/client/lib/connection';
import { answers, freePort } from '../../scripts/ports';
import { know, launch, stopProcess, tailOf } from '../../scripts/processes';
import { onceARun, runFolder } from '../support/run-folder';
import { timeSkippingServer } from '../support/time-skipping';

/** A time-skipping server of one suite alone: it skips time for all that runs in it. */
export interface SkippingServer {
  readonly address: string;
  readonly stop: () => Promise<void>;
}

/**
 * Starts one. The SDK would start it too, but gives it five seconds to come up, which a busy machine does not have.
 * The suite stops it; the end of the run stops what a killed suite has left.
 */
export async function startSkippingServer(): Promise<SkippingServer> {
  const name = `time-skipping-${randomBytes(4).toString('hex')}`;
  const path = await timeSkippingServer();
  const { port, pid } = await onceARun(name, async () => {
    const free = await freePort();
    const logFile = join(runFolder(), `${name}.log`);
    const child = launch({ command: path, args: [String(free)], logFile });
    if (child.pid === undefined) throw new Error(`The time-skipping server could not be started: ${path}`);
    await untilItAnswers(free, child.pid, logFile);
    return { port: free, pid: child.pid };
  });
  const running = know(pid);
  return {
    address: `127.0.0.1:${port}`,
    stop: async () => {
      if (running !== undefined) await stopProcess(running);
    },
  };
}

/** Its connection, with the service that skips time. */
export async function connectTo(address: string): Promise<Connection & { readonly testService: TestService }> {
  const options: InternalConnectionOptions = {
    address,
    [InternalConnectionOptionsSymbol]: { supportsTestService: true },
  };
  const connection = await Connection.connect(options);
  const { testService } = connection;
  if (testService === undefined) throw new Error('The SDK no longer gives the service that skips time.');
  return Object.assign(connection, { testService });
}

async function untilItAnswers(port: number, pid: number, logFile: string): Promise<void> {
  for (const last = Date.now() + 90_000; Date.now() < last; await pause(100)) {
    if (await answers(port)) return;
    if (know(pid) === undefined) break;
  }
  throw new Error(`The time-skipping server did not come up.\n${tailOf(logFile)}`);
}
