import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startOfLondonDay } from '../../src/platform/clock';
import { childPlan, childPlanId, childPlanState, planEvents } from '../../workflows/child-plan/contract';
import type { PlanEvent } from '../../workflows/child-plan/contract';
import { addDays, eighteenthBirthday } from '../../workflows/dates.rules';
import { searchAttributes } from '../../workflows/search-attributes';
import { taskQueue } from '../../workflows/task-queue';
import { eventually } from './eventually';
import { failureOf } from './failures';
import { authority, PlanRoom } from './plan-room';
import { runsOf, timersOf } from './runs';

const day = 86_400_000;
const at = '2026-11-23T09:00:00Z';
const accessed = (id: number): PlanEvent => ({ id, kind: 'accessed', accessId: `access-${id}`, at });
const amended = (id: number, version: number): PlanEvent => ({ id, kind: 'amended', version, at });

let room: PlanRoom;
beforeAll(async () => {
  room = await PlanRoom.open();
}, 120_000);
afterAll(() => room?.time.close());

/** When a plan was first seen in a stage, as days and hours after the beginning of a London day. */
const hoursAfter = (planId: string, stage: string, date: string): number => {
  const first = room.facts.looksAt(planId).find((look) => look.stage === stage);
  return ((first?.at ?? 0) - startOfLondonDay(date)) / 3_600_000;
};

describe('a plan from birth to out of sight', () => {
  it('lives 19 years in short runs, changes in the night of each clock, and says at the end what it was', async () => {
    const birthDate = addDays(await room.today(), -3);
    const birthday = eighteenthBirthday(birthDate);
    const child = await room.begin('long-life', (date) => ({ type: 'LAC', startDate: date, birthDate }));
    await child.signal(planEvents, [amended(1, 1), accessed(2)]);
    expect(await child.result()).toEqual({ stage: 'out-of-sight', accesses: 1, alerts: 0 });

    expect(hoursAfter('long-life', 'ended', birthday)).toBeGreaterThan(0);
    expect(hoursAfter('long-life', 'ended', birthday)).toBeLessThan(6);
    expect(hoursAfter('long-life', 'out-of-sight', addDays(birthday, 365))).toBeLessThan(6);

    const runs = await runsOf(room.time.workflow, childPlanId('long-life'));
    expect(runs.length).toBeGreaterThan(19 * 4);
    for (const { events } of runs) expect(events?.length).toBeLessThan(250);
    for (const timer of timersOf(runs))
      expect(timer === 30 * day || (timer <= day && timer % 7_200_000 === 0)).toBe(true);
  }, 120_000);

  it('is unborn, then expired and unresolved, then ended when a person ends it, then out of sight', async () => {
    const startDate = await room.today();
    const dates = { type: 'UCPP', startDate, expectedDeliveryDate: addDays(startDate, 40) } as const;
    const unborn = await room.begin('unborn', () => dates);
    await room.time.skip(day);
    await eventually(async () =>
      expect(await unborn.query(childPlanState)).toMatchObject({ stage: 'unborn', version: 1 }),
    );
    await room.time.skip(70 * day);
    await eventually(async () =>
      expect(await unborn.query(childPlanState)).toMatchObject({ stage: 'expired-unresolved' }),
    );
    expect(hoursAfter('unborn', 'expired-unresolved', addDays(startDate, 69))).toBeLessThan(6);

    room.facts.plans.set('unborn', { ...dates, endDate: await room.today(), version: 2 });
    await unborn.signal(planEvents, [
      { id: 5, kind: 'ended', version: 2, at },
      { id: 6, kind: 'alerted', alertId: 'a', at },
    ]);
    await room.time.skip(2 * day);
    await eventually(async () =>
      expect(await unborn.query(childPlanState)).toMatchObject({ stage: 'ended', version: 2 }),
    );
    expect(await unborn.result()).toEqual({ stage: 'out-of-sight', accesses: 0, alerts: 1 });
  }, 60_000);

  it('is done at once when the facts say that it is out of sight', async () => {
    const gone = await room.begin('gone', () => ({ type: 'CPP', startDate: '2020-01-01', endDate: '2021-01-01' }));
    expect(await gone.result()).toEqual({ stage: 'out-of-sight', accesses: 0, alerts: 0 });
  });
});

describe('what a plan is told', () => {
  it('is counted once, also after the plan has continued as new', async () => {
    const child = await room.begin('repeats', (date) => ({ type: 'CPP', startDate: date }));
    await child.signal(planEvents, [accessed(1), accessed(2), accessed(1)]);
    await room.time.skip(70 * day);
    await child.signal(planEvents, [accessed(2), accessed(3)]);
    await eventually(async () =>
      expect(await child.query(childPlanState)).toMatchObject({ accesses: 3, toldIds: [1, 2, 3] }),
    );
    expect((await runsOf(room.time.workflow, childPlanId('repeats'))).length).toBeGreaterThan(1);
    await child.terminate();
  });

  it('makes it look at the facts once for several changes, and not at all for accesses', async () => {
    const child = await room.begin('looks', (date) => ({ type: 'CPP', startDate: date }));
    await eventually(() => expect(room.facts.looksAt('looks')).toHaveLength(1));
    await child.signal(planEvents, [accessed(1), accessed(2)]);
    await eventually(async () => expect(await child.query(childPlanState)).toMatchObject({ accesses: 2 }));
    await room.time.skip(1_000);
    expect(room.facts.looksAt('looks')).toHaveLength(1);
    await child.signal(planEvents, [amended(3, 2), amended(4, 3), accessed(5)]);
    await eventually(() => expect(room.facts.looksAt('looks')).toHaveLength(2));
    expect(await child.query(childPlanState)).toMatchObject({ version: 3, accesses: 3 });
    await child.terminate();
  });

  it('is told although the facts cannot be read just now', async () => {
    room.facts.failures = 3;
    const child = await room.begin('outage', (date) => ({ type: 'CPP', startDate: date }));
    await child.signal(planEvents, [accessed(1)]);
    await room.time.skip(60_000);
    await eventually(async () =>
      expect(await child.query(childPlanState)).toMatchObject({ stage: 'active', version: 1, accesses: 1 }),
    );
    await eventually(() => expect(room.facts.looksAt('outage')).toHaveLength(1));
    await child.terminate();
  });
});

describe('garbage', () => {
  it.each<[string, unknown[]]>([
    ['nothing', []],
    ['null', [null]],
    ['a text', ['planEvents']],
    ['an object', [{ id: 1, kind: 'accessed' }]],
    [
      'a list of garbage',
      [[null, 7, 'x', [], {}, { id: 'x', kind: 'accessed', accessId: 'a', at }, { id: 3, kind: 'born', at }]],
    ],
    ['too many arguments', [[accessed(900)], 'and', { more: true }]],
  ])('in a signal (%s) is dropped, and the next good signal and query are served', async (what, payload) => {
    const child = await room.begin(`garbage-${what}`, (date) => ({ type: 'CPP', startDate: date }));
    await child.signal(planEvents.name, ...payload);
    await child.query(childPlanState.name, payload, null);
    await expect(child.query('noSuchQuery')).rejects.toThrow();
    await child.signal('noSuchSignal', payload);
    const { accesses } = await child.query(childPlanState);
    await child.signal(planEvents, [accessed(1)]);
    await room.time.skip(1_000);
    await eventually(async () =>
      expect(await child.query(childPlanState)).toMatchObject({ accesses: accesses + 1, stage: 'active' }),
    );
    await child.terminate();
  });

  it.each<[string, Record<string, Buffer>]>([
    ['text that is no JSON', { encoding: Buffer.from('json/plain') }],
    ['an encoding that nobody knows', { encoding: Buffer.from('text/plain') }],
    ['no encoding at all', {}],
  ])(
    'in the bytes of a signal (%s), as somebody may send from the Temporal UI, is dropped too',
    async (what, metadata) => {
      const child = await room.begin(`bytes-${what}`, (date) => ({ type: 'CPP', startDate: date }));
      await room.time.workflow.connection.workflowService.signalWorkflowExecution({
        namespace: 'default',
        workflowExecution: { workflowId: child.workflowId },
        signalName: planEvents.name,
        input: { payloads: [{ metadata, data: Buffer.from('{"not": json') }] },
      });
      await child.signal(planEvents, [accessed(1)]);
      await room.time.skip(1_000);
      await eventually(async () =>
        expect(await child.query(childPlanState)).toMatchObject({ accesses: 1, stage: 'active' }),
      );
      await child.terminate();
    },
  );

  it.each<[unknown[]]>([[[]], [[null]], [['E06000016']], [[{ planId: '', authority }]], [[{ planId: 'p' }]]])(
    'as identity (%j) fails the workflow and stops nothing else',
    async (args) => {
      const workflowId = childPlanId(`malformed-${JSON.stringify(args)}`);
      const child = await room.time.workflow.start(childPlan, { taskQueue, workflowId, args });
      expect(await failureOf(child.result())).toBe('plan-identity-malformed');
    },
  );

  it('as carried state begins anew from the facts', async () => {
    room.facts.plans.set('carried', { type: 'CPP', startDate: '2026-01-01', version: 4 });
    const args = [
      { planId: 'carried', authority },
      { schemaVersion: 1, stage: 'nowhere', toldIds: 'all' },
    ];
    const child = await room.time.workflow.start(childPlan, {
      taskQueue,
      workflowId: childPlanId('carried'),
      args,
    });
    await room.time.skip(1_000);
    await eventually(async () =>
      expect(await child.query(childPlanState)).toMatchObject({ stage: 'active', version: 4, accesses: 0 }),
    );
    await child.terminate();
  });

  it('as a plan that does not exist fails the workflow', async () => {
    const child = await room.start('nobody');
    expect(await failureOf(child.result())).toBe('plan-not-found');
  });
});

describe('what the Temporal UI shows of a plan', () => {
  it('is its authority, its stage and counts', async () => {
    const child = await room.begin('shown', (date) => ({
      type: 'UCPP',
      startDate: date,
      expectedDeliveryDate: addDays(date, 100),
    }));
    await child.signal(planEvents, [accessed(1)]);
    const shown = async () => (await child.describe()).typedSearchAttributes;
    await eventually(async () => expect((await shown()).get(searchAttributes.stage)).toBe('unborn'));
    expect((await shown()).get(searchAttributes.authority)).toBe(authority);
    expect((await shown()).get(searchAttributes.schemaVersion)).toBe(1);
    const metadata = await child.query<{ currentDetails?: string }>('__temporal_workflow_metadata');
    expect(metadata.currentDetails).toBe('Stage: unborn. Told of 1 accesses and 0 alerts. Facts at version 1.');
    await child.terminate();
  });
});
