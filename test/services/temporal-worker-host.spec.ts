import { createServer, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sleep as cancellableSleep } from '@temporalio/activity';
import { msToTs } from '@temporalio/common/lib/time';
import { freePort } from '../../scripts/ports';
import type { TemporalClient } from '../../src/platform/temporal/temporal-client';
import { aRoomStart, RoomServer, until } from './temporal-room';
import { entered, leave } from './temporal-room.workflows';

describe('the worker host', () => {
  let server: RoomServer;
  let client: TemporalClient;

  beforeAll(async () => {
    server = await RoomServer.atFreePort();
    await server.start();
    client = server.client();
  });

  afterAll(async () => {
    await client.close();
    await server.remove();
  });

  it('waits, and stops at once, where somebody accepts connections and says nothing', async () => {
    const port = await freePort();
    const accepted: Socket[] = [];
    const mute = createServer((socket) => accepted.push(socket)).listen(port, '127.0.0.1');
    const host = await server.worker({ address: `127.0.0.1:${port}` });
    host.start();
    await pause(300);
    expect(host.state).toBe('connecting');
    const startedAt = performance.now();
    await host.stop();
    expect(host.state).toBe('stopped');
    expect(performance.now() - startedAt).toBeLessThan(1_000);
    mute.close();
    for (const socket of accepted) socket.destroy();
  });

  it('tries again when what must be prepared fails, and says why', async () => {
    const warnings: string[] = [];
    let attempts = 0;
    const host = await server.worker({
      prepare: async () => {
        attempts += 1;
        if (attempts < 3) throw new Error(`not ready ${attempts}`);
      },
      log: { info: () => undefined, error: () => undefined, warn: ({ err }) => warnings.push(String(err)) },
    });
    host.start();
    await until(() => host.state === 'polling');
    expect(warnings).toEqual(['Error: not ready 1', 'Error: not ready 2']);
    await host.stop();
  });

  it('gives up with a clear error when there is no bundle: trying again would not help', async () => {
    const fatal: unknown[] = [];
    const workflowBundle = { codePath: '/nowhere/workflow-bundle.js' };
    const host = await server.worker({ workflowBundle, onFatal: (error) => fatal.push(error) });
    host.start();
    await until(() => fatal.length > 0);
    expect(String(fatal[0])).toMatch(/^WorkerNotBuilt: The Temporal worker cannot be built: .*workflow-bundle.js/);
    expect(host.state).toBe('failed');
    await host.stop();
  });

  it('waits for a namespace that is made later', async () => {
    const host = await server.worker({ namespace: 'made-later' });
    host.start();
    await pause(1_000);
    expect(host.state).toBe('connecting');
    await client.client.workflowService.registerNamespace({
      namespace: 'made-later',
      workflowExecutionRetentionPeriod: msToTs('1 day'),
    });
    await until(() => host.state === 'polling');
    await host.stop();
  });

  it('lets a running activity finish before it stops', async () => {
    let begun = false;
    const announce = async (text: string): Promise<string> => {
      begun = true;
      await cancellableSleep(1_500);
      return text;
    };
    const host = await server.worker({ activities: { announce } });
    host.start();
    await client.tell(aRoomStart('grace'), entered, { who: 'Ann' });
    const decided = client.decide(aRoomStart('grace'), leave, { payload: { who: 'Ann' }, requestId: 'grace' });
    await until(() => begun);
    await host.stop();
    const next = await server.worker();
    next.start();
    expect(await decided).toEqual({ inside: 0 });
    await next.stop();
    const { history } = await client.client.workflowService.getWorkflowExecutionHistory({
      namespace: 'default',
      execution: { workflowId: 'room/grace' },
    });
    const started = history?.events?.filter((event) => event.activityTaskStartedEventAttributes) ?? [];
    expect(started.map((event) => event.activityTaskStartedEventAttributes?.attempt)).toEqual([1]);
  });
});
