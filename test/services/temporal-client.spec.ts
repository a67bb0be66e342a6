import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DecisionRefused, TemporalUnreachable } from '../../src/platform/temporal/temporal-errors';
import type { TemporalClient } from '../../src/platform/temporal/temporal-client';
import type { WorkerHost } from '../../src/platform/temporal/worker-host';
import { aRoomStart, RoomServer, until } from './temporal-room';
import { entered, inside, leave } from './temporal-room.workflows';

describe('the Temporal client', () => {
  let server: RoomServer;
  let client: TemporalClient;
  let worker: WorkerHost;

  beforeAll(async () => {
    server = await RoomServer.atFreePort();
    client = server.client({ decisionDeadlineMs: 4_000 });
    worker = await server.worker();
  });

  afterAll(async () => {
    await worker.stop();
    await client.close();
    await server.remove();
  });

  it('stands without a server, says so, and fails within its deadline with an error of its own', async () => {
    expect(await client.isReachable()).toBe(false);
    const startedAt = performance.now();
    const failure = await client.tell(aRoomStart('early'), entered, { who: 'Ann' }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(TemporalUnreachable);
    expect(failure).toMatchObject({ reason: 'no-connection' });
    expect(String(failure)).toContain(`Temporal at ${server.address} cannot be used`);
    expect(performance.now() - startedAt).toBeLessThan(4_000);
  });

  it('works without a restart from the moment the server appears', async () => {
    worker.start();
    await server.start();
    await until(() => client.isReachable());
    await client.tell(aRoomStart('early'), entered, { who: 'Ann' });
    expect(await client.statusOf('room/early')).toBe('RUNNING');
  });

  it('tells one workflow many times and starts it once', async () => {
    await client.tell(aRoomStart('told'), entered, { who: 'Ann' });
    await client.tell(aRoomStart('told'), entered, { who: 'Ben' });
    const present = await client.client.workflow.getHandle('room/told').query(inside);
    expect(present).toEqual(['Ann', 'Ben']);
  });

  it('decides, also where nothing ran before, and the same request id decides once', async () => {
    await client.tell(aRoomStart('decided'), entered, { who: 'Ann' });
    await client.tell(aRoomStart('decided'), entered, { who: 'Ann' });
    const decision = { payload: { who: 'Ann' }, requestId: 'request-1' };
    expect(await client.decide(aRoomStart('decided'), leave, decision)).toEqual({ inside: 1 });
    expect(await client.decide(aRoomStart('decided'), leave, decision)).toEqual({ inside: 1 });
    expect(await client.decide(aRoomStart('decided'), leave, { ...decision, requestId: 'request-2' })).toEqual({
      inside: 0,
    });
  });

  it('names a refusal by the word of the contract, and a good call after it is answered', async () => {
    const start = aRoomStart('refused');
    const refusal = await client
      .decide(start, leave, { payload: { who: 'Zoe' }, requestId: 'r' })
      .catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(DecisionRefused);
    expect(refusal).toMatchObject({ type: 'not-inside', message: 'Zoe is not in the parlour' });
    await client.tell(start, entered, { who: 'Zoe' });
    expect(await client.decide(start, leave, { payload: { who: 'Zoe' }, requestId: 's' })).toEqual({ inside: 0 });
  });

  it('starts an id once, also after its workflow has ended', async () => {
    expect(await client.start(aRoomStart('once'))).toBe('started');
    expect(await client.start(aRoomStart('once'))).toBe('already-started');
    await client.tell(aRoomStart('once'), entered, { who: 'the caretaker' });
    await until(async () => (await client.statusOf('room/once')) === 'COMPLETED');
    expect(await client.start(aRoomStart('once'))).toBe('already-started');
    expect(await client.start({ ...aRoomStart('once'), reuse: 'ALLOW_DUPLICATE' })).toBe('started');
  });

  it('does not start an ended workflow for a decision when told to refuse', async () => {
    const start = { ...aRoomStart('ended'), reuse: 'REJECT_DUPLICATE' as const };
    await client.tell(start, entered, { who: 'the caretaker' });
    await until(async () => (await client.statusOf(start.id)) === 'COMPLETED');
    await expect(client.decide(start, leave, { payload: { who: 'Ann' }, requestId: 'late' })).rejects.toMatchObject({
      name: 'WorkflowExecutionAlreadyStartedError',
    });
  });

  it('knows nothing of an id that never ran', async () => {
    expect(await client.statusOf('room/never')).toBeUndefined();
  });

  it('ends a decision at its deadline when the workflow takes too long', async () => {
    const slow = { payload: { who: 'somebody slow' }, requestId: 'slow' };
    await expect(client.decide(aRoomStart('slow'), leave, slow)).rejects.toMatchObject({ reason: 'deadline' });
  });

  it('says unreachable when the server dies, and goes on with the same workflows when it is back', async () => {
    await server.stop();
    await expect(client.tell(aRoomStart('told'), entered, { who: 'Cat' })).rejects.toBeInstanceOf(TemporalUnreachable);
    const decision = { payload: { who: 'Ann' }, requestId: 'outage' };
    await expect(client.decide(aRoomStart('told'), leave, decision)).rejects.toBeInstanceOf(TemporalUnreachable);
    await server.start();
    await until(() => client.isReachable());
    await client.tell(aRoomStart('told'), entered, { who: 'Dan' });
    expect(await client.decide(aRoomStart('told'), leave, { ...decision, requestId: 'after' })).toEqual({ inside: 2 });
    expect(worker.state).toBe('polling');
  });

  it('says unreachable when no worker answers a decision, and when the namespace is missing', async () => {
    await worker.stop();
    expect(worker.state).toBe('stopped');
    const decision = { payload: { who: 'Ann' }, requestId: 'nobody' };
    await expect(client.decide(aRoomStart('told'), leave, decision)).rejects.toBeInstanceOf(TemporalUnreachable);
    const stranger = new (client.constructor as typeof TemporalClient)({
      address: server.address,
      namespace: 'nowhere',
      dataConverter: {},
    });
    await expect(stranger.tell(aRoomStart('told'), entered, { who: 'Ann' })).rejects.toMatchObject({
      reason: 'no-namespace',
    });
    await stranger.close();
  });
});
