import type { Connection, WorkflowClient } from '@temporalio/client';
import { msToTs, tsToMs } from '@temporalio/common/lib/time';
import { temporal } from '@temporalio/proto';
import { TimeSkippingWorkflowClient } from '@temporalio/testing';
import { NativeConnection, Worker } from '@temporalio/worker';
import { searchAttributes } from '../../workflows/search-attributes';
import { taskQueue } from '../../workflows/task-queue';
import { connectTo, startSkippingServer } from './skipping-server';
import { bundlePath, dataConverter, quieten } from './worker-parts';

/** The server's time, epoch milliseconds: it runs ahead where a test lets it skip. */
export type Now = () => Promise<number>;

/** A server whose time can be skipped, of one suite alone, and a worker with the real bundle. */
export interface TimeRoom {
  /** Waiting for a result skips time until it is there. */
  readonly workflow: WorkflowClient;
  readonly now: Now;
  /** Skips time; whatever falls due meanwhile happens. */
  readonly skip: (ms: number) => Promise<void>;
  /** Always: a process with a running worker does not end by itself. */
  readonly close: () => Promise<void>;
}

/** Opens the room. `activitiesFor` makes the suite's own facts, in memory; they may ask the time. */
export async function openTimeRoom(activitiesFor: (now: Now) => object): Promise<TimeRoom> {
  quieten();
  const workflowBundle = { codePath: await bundlePath() };
  await using closing = new AsyncDisposableStack();
  const server = await startSkippingServer();
  closing.defer(server.stop);
  const connection = await connectTo(server.address);
  closing.defer(() => connection.close());
  await defineSearchAttributes(connection);
  const polling = await NativeConnection.connect({ address: server.address });
  closing.defer(() => polling.close());
  const now: Now = async () => tsToMs((await connection.testService.getCurrentTime({})).time);
  const activities = activitiesFor(now);
  const worker = await Worker.create({ connection: polling, taskQueue, workflowBundle, activities, dataConverter });
  const done = worker.run();
  closing.defer(async () => {
    if (worker.getState() === 'RUNNING') worker.shutdown();
    await done;
  });
  const everything = closing.move();
  return {
    workflow: new TimeSkippingWorkflowClient({ connection, dataConverter }),
    now,
    skip: async (ms) => void (await connection.testService.unlockTimeSkippingWithSleep({ duration: msToTs(ms) })),
    close: () => everything.disposeAsync(),
  };
}

/** As on the real servers: a workflow that sets an attribute which the server does not know stands still. */
async function defineSearchAttributes({ operatorService }: Connection): Promise<void> {
  const { IndexedValueType } = temporal.api.enums.v1;
  const types = Object.values(searchAttributes).map(({ name, type }) => [
    name,
    IndexedValueType[`INDEXED_VALUE_TYPE_${type}`],
  ]);
  await operatorService.addSearchAttributes({ namespace: 'default', searchAttributes: Object.fromEntries(types) });
}
