import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newTask } from '../../workflows/alert-task/alert-task.rules';
import {
  acknowledgeAlert,
  alertSeen,
  alertTask,
  alertTaskId,
  closeAlert,
  taskState,
} from '../../workflows/alert-task/contract';
import type { AlertTask } from '../../workflows/alert-task/contract';
import { searchAttributes } from '../../workflows/search-attributes';
import { taskQueue } from '../../workflows/task-queue';
import { eventually } from './eventually';
import { failureOf } from './failures';
import { anna, authority, closure, TaskRoom } from './task-room';

const done = { outcome: 'visit-planned', rung: 'owner' };
let room: TaskRoom;
beforeAll(async () => {
  room = await TaskRoom.open();
}, 120_000);
afterAll(() => room?.time.close());

describe('a decision', () => {
  it('is answered with the state, written once, and answered the same when it is given again', async () => {
    const { task } = await room.begin('decided');
    const acknowledged = {
      ...newTask,
      stage: 'acknowledged',
      seenAt: 1_000,
      acknowledgedAt: 1_000,
      acknowledgedBy: 'anna',
    };
    expect(await task.executeUpdate(acknowledgeAlert, { args: [anna] })).toEqual(acknowledged);
    expect(await task.executeUpdate(acknowledgeAlert, { args: [{ ...anna, at: 9_000 }] })).toEqual(acknowledged);
    expect(room.facts.writtenOf('decided').map(({ what }) => what)).toEqual(['acknowledged']);
    expect(await task.executeUpdate(closeAlert, { args: [closure] })).toMatchObject({
      stage: 'closed',
      outcome: 'visit-planned',
    });
    expect(await task.result()).toEqual(done);
    expect(room.facts.writtenOf('decided').map(({ what }) => what)).toEqual(['acknowledged', 'closed']);
  });

  it('to close is refused to the person who caused the alert, and open to anybody else', async () => {
    const { task } = await room.begin('caused');
    const refused = task.executeUpdate(closeAlert, { args: [{ ...closure, by: 'carol' }] });
    expect(await failureOf(refused)).toBe('alert-caused-by-caller');
    expect(room.facts.writtenOf('caused')).toEqual([]);
    await task.executeUpdate(closeAlert, { args: [closure] });
    expect(await task.result()).toEqual(done);
  });

  it('to close is taken from one of several people at once, and comes too late from the others', async () => {
    const { task } = await room.begin('raced');
    const closures = ['ben', 'dora', 'emil'].map((by) =>
      task.executeUpdate(closeAlert, { args: [{ ...closure, by }] }),
    );
    const answers = await Promise.allSettled(closures);
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(room.facts.writtenOf('raced')).toHaveLength(1);
    expect(await task.result()).toEqual(done);
  });

  it('is answered when the row can be written again, and a look at the alert meanwhile is not lost', async () => {
    const { task } = await room.begin('outage');
    await task.query(taskState);
    room.facts.failures = 2;
    const decision = task.executeUpdate(acknowledgeAlert, { args: [{ ...anna, at: 5_000 }] });
    await task.signal(alertSeen, anna);
    expect(await decision).toMatchObject({ stage: 'acknowledged', acknowledgedAt: 5_000, seenAt: 1_000 });
    await task.terminate();
  });

  it('fails alone, and the task lives on, when the row is gone', async () => {
    const { task } = await room.begin('row-gone');
    const stage = async () => (await task.describe()).typedSearchAttributes.get(searchAttributes.stage);
    await eventually(async () => expect(await stage()).toBe('open'));
    room.facts.rows.delete('row-gone');
    expect(await failureOf(task.executeUpdate(acknowledgeAlert, { args: [anna] }))).toBe('alert-not-found');
    await room.put('row-gone');
    expect(await task.executeUpdate(acknowledgeAlert, { args: [anna] })).toMatchObject({ stage: 'acknowledged' });
    await task.terminate();
  });
});

describe('a task that starts late', () => {
  it('is done at once when the row is closed already', async () => {
    const { task } = await room.begin('closed', {
      stage: 'closed',
      outcome: 'family-contacted',
      closedBy: 'anna',
      closedAt: 5,
    });
    expect(await task.result()).toEqual({ outcome: 'family-contacted', rung: 'owner' });
  });

  it('takes the decision that started it', async () => {
    await room.put('with-start');
    expect(await room.closeWithStart('with-start')).toMatchObject({ stage: 'closed', acknowledgedBy: 'ben' });
    const task = room.time.workflow.getHandle<AlertTask>(alertTaskId('with-start'));
    expect(await task.result()).toEqual(done);
  });

  it('refuses the decision that started it when the row is closed already', async () => {
    await room.put('closed-row', { stage: 'closed', outcome: 'family-contacted', closedBy: 'anna', closedAt: 5 });
    expect(await failureOf(room.closeWithStart('closed-row'))).toBe('alert-already-closed');
  });
});

describe('garbage', () => {
  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['a text', 'anna'],
    ['a list', [anna]],
    ['an empty object', {}],
    ['no time', { by: 'anna', at: 'now', outcome: 'visit-planned' }],
    ['nobody', { by: '', at: 1, outcome: 'visit-planned' }],
  ])('in a signal, an update or a query (%s) is refused, and the next good ones are served', async (what, payload) => {
    const { task } = await room.begin(`garbage-${what}`);
    await task.signal(alertSeen.name, payload);
    await task.signal(alertSeen.name);
    await task.query(taskState.name, payload, payload);
    expect(await failureOf(task.executeUpdate(acknowledgeAlert.name, { args: [payload] }))).toBe('act-malformed');
    expect(await failureOf(task.executeUpdate(acknowledgeAlert.name))).toBe('act-malformed');
    expect(await failureOf(task.executeUpdate(closeAlert.name, { args: [payload, payload] }))).toBe('act-malformed');
    await expect(task.executeUpdate('noSuchUpdate', { args: [payload] })).rejects.toThrow();
    expect(await task.query(taskState)).toEqual(newTask);

    await task.signal(alertSeen, anna);
    expect(await task.query(taskState)).toMatchObject({ stage: 'seen' });
    expect(await task.executeUpdate(acknowledgeAlert, { args: [anna] })).toMatchObject({ stage: 'acknowledged' });
    await task.executeUpdate(closeAlert, { args: [closure] });
    expect(await task.result()).toEqual(done);
  });

  it('in an outcome is refused, and a known outcome closes', async () => {
    const { task } = await room.begin('outcome');
    const unknown = { ...closure, outcome: 'forgotten' };
    expect(await failureOf(task.executeUpdate(closeAlert.name, { args: [unknown] }))).toBe('outcome-unknown');
    await task.executeUpdate(closeAlert, { args: [closure] });
    expect(await task.result()).toEqual(done);
  });

  it.each<[unknown[]]>([[[]], [[null]], [['alert']], [[{ alertId: 7, authority }]]])(
    'as identity (%j) fails the task',
    async (args) => {
      const workflowId = alertTaskId(`malformed-${JSON.stringify(args)}`);
      const task = await room.time.workflow.start(alertTask, { taskQueue, workflowId, args });
      expect(await failureOf(task.result())).toBe('task-identity-malformed');
    },
  );

  it('as an alert that does not exist fails the task', async () => {
    expect(await failureOf((await room.start('nobody')).result())).toBe('alert-not-found');
  });
});
