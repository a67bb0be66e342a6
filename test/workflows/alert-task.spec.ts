import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newTask } from '../../workflows/alert-task/alert-task.rules';
import { acknowledgeAlert, alertSeen, alertTaskId, closeAlert, taskState } from '../../workflows/alert-task/contract';
import { searchAttributes } from '../../workflows/search-attributes';
import { eventually } from './eventually';
import { runsOf } from './runs';
import { anna, authority, closure, day, TaskRoom } from './task-room';

const hour = 3_600_000;
let room: TaskRoom;
beforeAll(async () => {
  room = await TaskRoom.open();
}, 120_000);
afterAll(() => room?.time.close());

const rungsOf = (alertId: string) => room.facts.writtenOf(alertId).map(({ rung }) => rung);

describe('an alert that nobody looks at', () => {
  it('goes to the manager after a working day and then to the duty desk, never before its deadline', async () => {
    const { task, managerAt, dutyDeskAt } = await room.begin('unseen');
    await room.time.skip(day - 60_000);
    expect(room.facts.writtenOf('unseen')).toEqual([]);
    await room.time.skip(120_000);
    await eventually(async () => expect(await task.query(taskState)).toMatchObject({ stage: 'open', rung: 'manager' }));
    await room.time.skip(day - 180_000);
    await eventually(async () => expect(await task.query(taskState)).toMatchObject({ rung: 'manager' }));
    await room.time.skip(360_000);

    await eventually(() => expect(rungsOf('unseen')).toEqual(['manager', 'duty-desk']));
    const [toManager, toDutyDesk] = room.facts.writtenOf('unseen');
    expect(toManager?.at).toBeGreaterThanOrEqual(managerAt);
    expect(toManager?.at).toBeLessThan(managerAt + 60_000);
    expect(toDutyDesk?.at).toBeGreaterThanOrEqual(dutyDeskAt);
    expect(toDutyDesk?.at).toBeLessThan(dutyDeskAt + 60_000);
    await task.terminate();
  });

  it('goes straight to the duty desk when its task starts only after both deadlines', async () => {
    await room.put('late');
    await room.time.skip(3 * day);
    const task = await room.start('late');
    await room.time.skip(1_000);
    await eventually(() => expect(rungsOf('late')).toEqual(['duty-desk']));
    await task.terminate();
  });

  it('is still asked of the next person when the row cannot be written just then', async () => {
    const { task } = await room.begin('away');
    await room.time.skip(1_000);
    room.facts.failures = 3;
    await room.time.skip(day + hour);
    await eventually(() => expect(rungsOf('away')).toEqual(['manager']));
    await task.terminate();
  });
});

describe('an alert that is seen', () => {
  it('stays with its owner', async () => {
    const { task } = await room.begin('seen');
    await task.signal(alertSeen, anna);
    await room.time.skip(40 * day);
    await eventually(async () =>
      expect(await task.query(taskState)).toEqual({ ...newTask, stage: 'seen', seenAt: 1_000 }),
    );
    expect(room.facts.writtenOf('seen')).toEqual([]);
    await task.terminate();
  });

  it('stays with the manager when the manager sees it', async () => {
    const { task } = await room.begin('seen-by-manager');
    await room.time.skip(day + hour);
    await task.signal(alertSeen, anna);
    await room.time.skip(40 * day);
    await eventually(async () => expect(await task.query(taskState)).toMatchObject({ stage: 'seen', rung: 'manager' }));
    await task.terminate();
  });
});

describe('a task that waits long', () => {
  it('continues as new and still takes its decisions', async () => {
    const { task } = await room.begin('long');
    await task.executeUpdate(acknowledgeAlert, { args: [anna] });
    await room.time.skip(200 * day);
    expect((await runsOf(room.time.workflow, alertTaskId('long'))).length).toBeGreaterThan(2);
    await eventually(async () =>
      expect(await task.query(taskState)).toMatchObject({ stage: 'acknowledged', acknowledgedBy: 'anna' }),
    );
    await task.executeUpdate(closeAlert, { args: [closure] });
    expect(await task.result()).toEqual({ outcome: 'visit-planned', rung: 'owner' });
    expect(room.facts.writtenOf('long').map(({ what }) => what)).toEqual(['acknowledged', 'closed']);
  });
});

describe('what the Temporal UI shows of a task', () => {
  it('is its authority, its stage, who is asked and when the next one is', async () => {
    const { task, managerAt } = await room.begin('shown');
    const shown = async () => (await task.describe()).typedSearchAttributes;
    await eventually(async () => expect((await shown()).get(searchAttributes.stage)).toBe('open'));
    expect((await shown()).get(searchAttributes.authority)).toBe(authority);
    expect((await shown()).get(searchAttributes.nextDeadline)?.getTime()).toBe(managerAt);
    await task.signal(alertSeen, anna);
    await eventually(async () => expect((await shown()).get(searchAttributes.stage)).toBe('seen'));
    expect((await shown()).get(searchAttributes.nextDeadline)).toBeUndefined();
    const metadata = await task.query<{ currentDetails?: string }>('__temporal_workflow_metadata');
    expect(metadata.currentDetails).toBe('Stage: seen. Asked: owner.');
    await task.terminate();
  });
});
