import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { defineSearchAttributeKey } from '@temporalio/common';
import { dataConverterWith } from '../../src/platform/temporal/data-converter';
import { parseKeys } from '../../src/platform/temporal/encryption-keys';
import { EncryptionCodec } from '../../src/platform/temporal/payload-codec';
import { reconcileSchedules, type DesiredSchedule, type Reconciled } from '../../src/platform/temporal/schedules';
import { ensureSearchAttributes } from '../../src/platform/temporal/search-attributes';
import type { TemporalClient } from '../../src/platform/temporal/temporal-client';
import { RoomServer, taskQueue, until } from './temporal-room';

const wing = defineSearchAttributeKey('Wing', 'KEYWORD');

const aRound = (name: string, changed: Partial<DesiredSchedule> = {}): DesiredSchedule => ({
  id: `round/${name}`,
  start: {
    type: 'round',
    id: `round/${name}`,
    taskQueue,
    args: [{ label: name }],
    summary: 'A round of the tests',
    searchAttributes: [{ key: wing, value: name }],
  },
  timesOfDay: [
    { hour: 7, minute: 30 },
    { hour: 19, minute: 30 },
  ],
  ...changed,
});

const nothing: Reconciled = { created: [], updated: [], deleted: [], paused: [] };
const londonTime = (date: Date): string =>
  date.toLocaleTimeString('en-GB', { timeZone: 'Europe/London', hour: '2-digit', minute: '2-digit' });

const aKey = (id: string): string => `${id}:${randomBytes(32).toString('base64')}`;

/** A process of its own, with these encryption keys, that wants one schedule. */
const reconcileWithKeys = async (server: RoomServer, keys: string): Promise<Reconciled> => {
  const codec = new EncryptionCodec(parseKeys(keys));
  const client = server.client({ dataConverter: dataConverterWith(codec) });
  try {
    return await reconcileSchedules(client, {
      prefix: 'round/rotated',
      desired: async () => [aRound('rotated')],
      isCurrent: (each) => codec.isCurrent(each),
    });
  } finally {
    await client.close();
  }
};

describe('the schedules', () => {
  let server: RoomServer;
  let temporal: TemporalClient;

  const reconcile = (...desired: DesiredSchedule[]): Promise<Reconciled> =>
    reconcileSchedules(temporal, { prefix: 'round/', desired: async () => desired });
  const handleOf = (name: string) => temporal.client.schedule.getHandle(`round/${name}`);
  const listed = async (): Promise<readonly string[]> => {
    const ids: string[] = [];
    for await (const { scheduleId } of temporal.client.schedule.list()) ids.push(scheduleId);
    return ids.sort();
  };

  beforeAll(async () => {
    server = await RoomServer.atFreePort();
    await server.start();
    temporal = server.client();
    await ensureSearchAttributes(temporal, { Wing: 'KEYWORD' });
  });

  afterAll(async () => {
    await temporal.close();
    await server.remove();
  });

  it('are created with London times, a buffered overlap, a window to catch up and a limit to a run', async () => {
    expect(await reconcile(aRound('east'), aRound('west'))).toEqual({
      ...nothing,
      created: ['round/east', 'round/west'],
    });
    const { policies, info, action } = await handleOf('east').describe();
    expect(policies).toEqual({ overlap: 'BUFFER_ONE', catchupWindow: 20 * 3_600_000, pauseOnFailure: false });
    expect(action.workflowExecutionTimeout).toBe(6 * 3_600_000);
    expect(new Set(info.nextActionTimes.map(londonTime))).toEqual(new Set(['07:30', '19:30']));
  });

  it('are left alone when nothing has changed', async () => {
    expect(await reconcile(aRound('east'), aRound('west'))).toEqual(nothing);
  });

  it('are updated when the times, the arguments, the summary or the search attributes change', async () => {
    const east = aRound('east');
    const changes: readonly DesiredSchedule[] = [
      {
        ...east,
        timesOfDay: [
          { hour: 6, minute: 0 },
          { hour: 18, minute: 0 },
        ],
      },
      { ...east, start: { ...east.start, args: [{ label: 'another' }] } },
      { ...east, start: { ...east.start, summary: 'Another summary' } },
      { ...east, start: { ...east.start, searchAttributes: [{ key: wing, value: 'north' }] } },
      { ...east, executionTimeoutMs: 3_600_000 },
      east,
    ];
    for (const changed of changes) {
      expect(await reconcile(changed, aRound('west'))).toEqual({ ...nothing, updated: ['round/east'] });
      expect(await reconcile(changed, aRound('west'))).toEqual(nothing);
    }
  });

  it('stay paused when somebody paused them, and are reported', async () => {
    await handleOf('west').pause('looked at by an operator');
    await until(async () => (await reconcile(aRound('east'), aRound('west'))).paused.length > 0);
    expect(await reconcile(aRound('east'), aRound('west'))).toEqual({ ...nothing, paused: ['round/west'] });
    const later = aRound('west', {
      timesOfDay: [
        { hour: 8, minute: 0 },
        { hour: 20, minute: 0 },
      ],
    });
    expect(await reconcile(aRound('east'), later)).toEqual({
      ...nothing,
      updated: ['round/west'],
      paused: ['round/west'],
    });
    expect((await handleOf('west').describe()).state).toMatchObject({ paused: true, note: 'looked at by an operator' });
  });

  it('lose strangers under their prefix, and only there', async () => {
    await temporal.client.schedule.create({
      scheduleId: 'elsewhere/one',
      spec: {},
      action: { type: 'startWorkflow', workflowType: 'round', taskQueue, args: [{ label: 'x' }] },
    });
    await until(async () => (await listed()).length === 3);
    expect(await reconcile(aRound('east'))).toEqual({ ...nothing, deleted: ['round/west'] });
    await until(async () => (await listed()).length === 2);
    expect(await listed()).toEqual(['elsewhere/one', 'round/east']);
  });

  it('are made once when several processes do it at once', async () => {
    const desired = ['a', 'b', 'c', 'd'].map((name) => aRound(name));
    const all = await Promise.all([1, 2, 3].map(() => reconcile(aRound('east'), ...desired)));
    expect(all.flatMap(({ created }) => created).sort()).toEqual(['round/a', 'round/b', 'round/c', 'round/d']);
    expect(await reconcile(aRound('east'), ...desired)).toEqual(nothing);
  });

  it('come back when somebody deletes one', async () => {
    await handleOf('east').delete();
    await until(async () => !(await listed()).includes('round/east'));
    const others = ['a', 'b', 'c', 'd'].map((name) => aRound(name));
    expect(await reconcile(aRound('east'), ...others)).toEqual({ ...nothing, created: ['round/east'] });
  });

  it('never lose one that is wanted and made between the list and the wish', async () => {
    const desired = [aRound('east'), ...['a', 'b', 'c', 'd'].map((name) => aRound(name))];
    const wish = async (): Promise<readonly DesiredSchedule[]> => {
      await reconcile(...desired, aRound('new'));
      return [...desired, aRound('new')];
    };
    expect(await reconcileSchedules(temporal, { prefix: 'round/', desired: wish })).toEqual(nothing);
  });

  it('start a run that a worker understands, under their own id and time', async () => {
    const worker = await server.worker();
    worker.start();
    await handleOf('east').trigger();
    await until(async () => (await handleOf('east').describe()).info.recentActions.length > 0);
    const { workflowId = '' } = (await handleOf('east').describe()).info.recentActions[0]?.action.workflow ?? {};
    expect(workflowId).toMatch(/^round\/east-\d{4}-\d\d-\d\dT/);
    expect(await temporal.client.workflow.getHandle(workflowId).result()).toBe('east');
    await worker.stop();
  });

  it('are written again under the newest key, and left alone by a process that has not got it', async () => {
    const [old, young] = [aKey('old'), aKey('young')];
    expect(await reconcileWithKeys(server, old)).toEqual({ ...nothing, created: ['round/rotated'] });
    expect(await reconcileWithKeys(server, `${young},${old}`)).toEqual({ ...nothing, updated: ['round/rotated'] });
    expect(await reconcileWithKeys(server, young)).toEqual(nothing);
    await expect(reconcileWithKeys(server, old)).rejects.toThrow('No encryption key with id "young"');
  });

  it('say that Temporal is unreachable when it is', async () => {
    await server.stop();
    await expect(reconcile(aRound('east'))).rejects.toMatchObject({ name: 'TemporalUnreachable' });
  });
});
