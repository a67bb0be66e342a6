import { existsSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from '@temporalio/client';
import { temporal } from '@temporalio/proto';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { Worker } from '@temporalio/worker';
import { bundleWorkflows } from '../../src/platform/temporal/bundle';
import { dataConverterWith } from '../../src/platform/temporal/data-converter';
import { parseKeys } from '../../src/platform/temporal/encryption-keys';
import { EncryptionCodec } from '../../src/platform/temporal/payload-codec';
import { installSdkRuntime } from '../../src/platform/temporal/sdk-log';
import { searchAttributes } from '../../workflows/search-attributes';
import { taskQueue } from '../../workflows/task-queue';
import { runFolder } from '../support/run-folder';
import { timeSkippingServer } from '../support/time-skipping';

/** Of the histories in `test/histories` and of these tests; it has never sealed anything else. */
const testKey = `test-histories:${Buffer.alloc(32, 'histories').toString('base64')}`;
export const dataConverter = dataConverterWith(new EncryptionCodec(parseKeys(testKey)));

/** The server's time, epoch milliseconds: it runs ahead where a test lets it skip. */
export type Now = () => Promise<number>;

/** A server whose time can be skipped and a worker with the real bundle, of one suite alone: time is skipped for all in it. */
export interface TimeRoom {
  readonly client: Client;
  readonly now: Now;
  /** Skips time; whatever falls due meanwhile happens. */
  readonly skip: (ms: number) => Promise<void>;
  /** Always: a process with a running worker does not end by itself. */
  readonly close: () => Promise<void>;
}

/** Only errors of the SDK are of interest to a test. Once per suite, before anything else of the worker SDK. */
export const quieten = (): void =>
  installSdkRuntime({ info: () => undefined, warn: () => undefined, error: console.error });

/** Opens the room. `activitiesFor` makes the suite's own facts, in memory; they may ask the time. */
export async function openTimeRoom(activitiesFor: (now: Now) => object): Promise<TimeRoom> {
  quieten();
  const workflowBundle = { codePath: await bundlePath() };
  const environment = await startServer(await timeSkippingServer());
  try {
    await defineSearchAttributes(environment);
    const activities = activitiesFor(() => environment.currentTimeMs());
    const connection = environment.nativeConnection;
    return roomOf(
      environment,
      await Worker.create({ connection, taskQueue, workflowBundle, activities, dataConverter }),
    );
  } catch (error) {
    await environment.teardown();
    throw error;
  }
}

/** The SDK gives the server five seconds to come up, which a busy machine may not have: it is tried again. */
async function startServer(path: string, attempts = 6): Promise<TestWorkflowEnvironment> {
  try {
    return await TestWorkflowEnvironment.createTimeSkipping({
      server: { executable: { type: 'existing-path', path } },
      client: { dataConverter },
    });
  } catch (error) {
    if (attempts === 1) throw error;
    return startServer(path, attempts - 1);
  }
}

function roomOf(environment: TestWorkflowEnvironment, worker: Worker): TimeRoom {
  const done = worker.run();
  return {
    client: environment.client,
    now: () => environment.currentTimeMs(),
    skip: (ms) => environment.sleep(ms),
    close: async () => {
      if (worker.getState() === 'RUNNING') worker.shutdown();
      await done;
      await environment.teardown();
    },
  };
}

/** As on the real servers: a workflow that sets an attribute which the server does not know stands still. */
async function defineSearchAttributes({ connection, namespace = 'default' }: TestWorkflowEnvironment): Promise<void> {
  const { IndexedValueType } = temporal.api.enums.v1;
  const defined = Object.values(searchAttributes).map(({ name, type }) => [
    name,
    IndexedValueType[`INDEXED_VALUE_TYPE_${type}`],
  ]);
  await connection.operatorService.addSearchAttributes({ namespace, searchAttributes: Object.fromEntries(defined) });
}

/** The path of the bundle of `workflows/`, made by the first suite of a run that asks. */
export async function bundlePath(): Promise<string> {
  const path = join(runFolder(), 'workflow-bundle.js');
  if (existsSync(path)) return path;
  const { code } = await bundleWorkflows(require.resolve('../../workflows/index'));
  const unfinished = `${path}.${process.pid}`;
  writeFileSync(unfinished, code);
  renameSync(unfinished, path);
  return path;
}
