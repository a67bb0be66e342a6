import { readFile, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { installSdkRuntime } from '../../src/platform/temporal/sdk-log';
import type { TemporalClient } from '../../src/platform/temporal/temporal-client';
import type { WorkerHost } from '../../src/platform/temporal/worker-host';
import { aRoomStart, codec, RoomServer, taskQueue, until } from './temporal-room';
import { entered, inside, leave } from './temporal-room.workflows';

const canary = 'Tamsin Okafor-Bly';
const place = 'the Fernacre annexe';

/** All text and bytes anywhere in a gRPC answer, as latin-1. */
const everythingIn = (value: unknown): string => {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('latin1');
  if (typeof value !== 'object' || value === null) return String(value);
  return Object.entries(value)
    .map(([name, each]) => `${name} ${everythingIn(each)}`)
    .join('\n');
};

describe('what Temporal keeps', () => {
  let server: RoomServer;
  let client: TemporalClient;
  let worker: WorkerHost;
  const logged: string[] = [];
  const write = (fields: Readonly<Record<string, unknown>>, message: string): void => {
    logged.push(JSON.stringify({ ...fields, message }));
  };

  const namespace = 'default';
  const rawHistory = async (workflowId: string): Promise<string> => {
    const execution = { workflowId };
    const answer = await client.client.workflowService.getWorkflowExecutionHistory({ namespace, execution });
    return everythingIn(answer);
  };

  beforeAll(async () => {
    installSdkRuntime({ info: write, warn: write, error: write });
    server = await RoomServer.atFreePort();
    await server.start();
    client = server.client();
    worker = await server.worker();
    worker.start();
  });

  afterAll(async () => {
    await worker.stop();
    await client.close();
    await server.remove();
  });

  it('of arguments, signals, decisions, refusals, activities, results and summaries is sealed', async () => {
    const start = { ...aRoomStart('sealed', place), summary: `A summary of ${place}` };
    await client.tell(start, entered, { who: canary });
    await client.decide(start, leave, { payload: { who: canary }, requestId: canary });
    const refused = client.decide(start, leave, { payload: { who: canary }, requestId: 'again' });
    await expect(refused).rejects.toThrow(`${canary} is not in ${place}`);
    await client.tell(start, entered, { who: 'the caretaker' });
    const handle = client.client.workflow.getHandle(start.id);
    expect(await handle.query(inside)).toEqual(['the caretaker']);
    expect(await handle.result()).toEqual({ label: place, seen: 2 });
    expect(await (await handle.describe()).staticSummary()).toBe(`A summary of ${place}`);

    const history = await rawHistory(start.id);
    expect(history).toContain('binary/encrypted');
    expect(history).not.toMatch(/Tamsin|Okafor|Fernacre|caretaker/);
    const described = await client.client.workflowService.describeWorkflowExecution({
      namespace,
      execution: { workflowId: start.id },
    });
    expect(everythingIn(described)).not.toMatch(/Tamsin|Okafor|Fernacre|caretaker/);
  });

  it('of failures of activities and workflows is sealed, message, stack and details, down to the last cause', async () => {
    const handle = await client.client.workflow.start('misfortune', {
      workflowId: 'misfortune',
      taskQueue,
      args: [canary],
    });
    await expect(handle.result()).rejects.toMatchObject({
      cause: { cause: { message: `${canary} fell`, type: 'fall', details: [{ victim: canary }] } },
    });
    const history = await rawHistory('misfortune');
    expect(history).toContain('Encoded failure');
    expect(history).toContain('fall');
    expect(history).not.toMatch(/Tamsin|Okafor|temporal-room/);
  });

  it('of a workflow that fails its task with a plain error is sealed too', async () => {
    const handle = await client.client.workflow.start('stumble', { workflowId: 'stumble', taskQueue, args: [canary] });
    await until(async () => /workflowTaskFailed/i.test(await rawHistory('stumble')));
    expect(await rawHistory('stumble')).not.toMatch(/Tamsin|Okafor|stumbled/);
    await handle.terminate('the test is over');
  });

  it('names the key in clear, so that a key may be followed and retired', async () => {
    const { history } = await client.client.workflowService.getWorkflowExecutionHistory({
      namespace,
      execution: { workflowId: 'room/sealed' },
    });
    const [payload = {}] = history?.events?.[0]?.workflowExecutionStartedEventAttributes?.input?.payloads ?? [];
    expect(codec.isCurrent(payload)).toBe(true);
    expect(Buffer.from(payload.metadata?.['encryption-key-id'] ?? []).toString()).toBe('test');
  });

  it('leaves no name in the log, yet says which activity failed, how and where', async () => {
    await until(() => logged.some((line) => line.includes('Activity failed')));
    const line = logged.find((each) => each.includes('Activity failed')) ?? '';
    expect(JSON.parse(line)).toMatchObject({ workflowId: 'misfortune', activityType: 'collapse', failureType: 'fall' });
    expect(line).toContain('temporal-room.ts');
    expect(logged.join('\n')).not.toMatch(/Tamsin|Okafor|Fernacre|stumbled/);
  });

  it('holds no name on disk either', async () => {
    await worker.stop();
    await server.stop();
    const folder = dirname(server.databaseFile);
    const files = (await readdir(folder)).filter((name) => name.startsWith('temporal.db'));
    expect(files.length).toBeGreaterThan(0);
    for (const name of files) {
      const bytes = await readFile(join(folder, name), 'latin1');
      expect(bytes.includes('room/sealed')).toBe(true);
      for (const word of ['Tamsin', 'Okafor', 'Fernacre']) expect(bytes.includes(word)).toBe(false);
    }
  });
});
