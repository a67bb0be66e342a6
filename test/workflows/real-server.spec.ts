import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client, Connection, WithStartWorkflowOperation } from '@temporalio/client';
import { NativeConnection, Worker } from '@temporalio/worker';
import { alertBatch } from '../../workflows/alert-batch/contract';
import type { AlertBatch } from '../../workflows/alert-batch/contract';
import { newTask } from '../../workflows/alert-task/alert-task.rules';
import { acknowledgeAlert, alertTask, alertTaskId } from '../../workflows/alert-task/contract';
import type { AlertTask } from '../../workflows/alert-task/contract';
import { childPlan, childPlanId, childPlanState, planEvents } from '../../workflows/child-plan/contract';
import type { ChildPlan, PlanEvent } from '../../workflows/child-plan/contract';
import { searchAttributes } from '../../workflows/search-attributes';
import { devServer } from '../support/temporal';
import { AlertFacts } from './alert-facts';
import { BatchFacts } from './batch-facts';
import { eventually } from './eventually';
import { PlanFacts } from './plan-facts';
import { bundlePath, dataConverter, quieten } from './worker-parts';

// What the time-skipping server does not do as the real one does: Schedules, search, signal-with-start under load.
const taskQueue = 'real-server-spec';
const authority = 'E06000016';
const alerts = new AlertFacts();
const batches = new BatchFacts();
const plans = new PlanFacts();
let client: Client;
let end: () => Promise<void>;

beforeAll(async () => {
  quieten();
  const { address } = await devServer();
  const connection = await Connection.connect({ address });
  client = new Client({ connection, dataConverter });
  const polling = await NativeConnection.connect({ address });
  const activities = { ...alerts.activities, ...batches.activities, ...plans.activities };
  const worker = await Worker.create({
    connection: polling,
    taskQueue,
    workflowBundle: { codePath: await bundlePath() },
    activities,
    dataConverter,
  });
  const done = worker.run();
  end = async () => {
    if (worker.getState() === 'RUNNING') worker.shutdown();
    await done;
    await polling.close();
    await connection.close();
  };
}, 120_000);
afterAll(() => end?.());

describe('on a real server', () => {
  it('a batch that a Schedule starts takes the planned time for its slot', async () => {
    const schedule = await client.schedule.create({
      scheduleId: 'alert-batch/real-server-spec',
      spec: { intervals: [{ every: '12 hours' }] },
      action: {
        type: 'startWorkflow',
        workflowType: alertBatch,
        args: [{ authority }],
        taskQueue,
        workflowId: 'alert-batch/real-server-spec',
      },
    });
    await schedule.backfill({
      start: new Date('2026-11-22T11:59:00Z'),
      end: new Date('2026-11-22T12:01:00Z'),
      overlap: 'ALLOW_ALL',
    });
    const workflowId = await eventually(async () => {
      const [started] = (await schedule.describe()).info.recentActions;
      if (started === undefined) throw new Error('the Schedule has started nothing');
      return started.action.workflow.workflowId;
    });
    const batch = client.workflow.getHandle<AlertBatch>(workflowId);
    expect(await batch.result()).toEqual({ slot: '2026-11-22T12:00:00.000Z', notices: 0, alerts: 0 });
    await schedule.delete();
  }, 60_000);

  it('a plan that is told by many at once is one workflow, which counts each event', async () => {
    plans.plans.set('busy', { type: 'CPP', startDate: '2026-01-01', version: 1 });
    const tell = (id: number) => {
      const event: PlanEvent = { id, kind: 'accessed', accessId: `access-${id}`, at: '2026-11-23T09:00:00Z' };
      return client.workflow.signalWithStart<ChildPlan, [readonly PlanEvent[]]>(childPlan, {
        taskQueue,
        workflowId: childPlanId('busy'),
        args: [{ planId: 'busy', authority }],
        signal: planEvents,
        signalArgs: [[event]],
      });
    };
    const told = await Promise.all(Array.from({ length: 40 }, (_, id) => tell(id % 30)));
    const plan = client.workflow.getHandle<ChildPlan>(childPlanId('busy'));
    expect(new Set(told.map(({ signaledRunId }) => signaledRunId)).size).toBe(1);
    await eventually(async () => expect((await plan.query(childPlanState)).accesses).toBe(30));
    await eventually(() => expect(plans.looksAt('busy')).toHaveLength(1));
    await plan.terminate();
  }, 60_000);

  it('a task is decided by update-with-start, and has no next deadline once it is acknowledged', async () => {
    const later = Date.now() + 3_600_000;
    alerts.rows.set('alert', { managerAt: later, dutyDeskAt: later, causedBy: [], state: newTask });
    const workflowId = alertTaskId('alert');
    const args: Parameters<AlertTask> = [{ alertId: 'alert', authority }];
    const task = await client.workflow.start<AlertTask>(alertTask, { taskQueue, workflowId, args });
    const deadlineOf = async () => (await task.describe()).typedSearchAttributes.get(searchAttributes.nextDeadline);
    await eventually(async () => expect(await deadlineOf()).toEqual(new Date(later)));

    const operation = { taskQueue, workflowId, args, workflowIdConflictPolicy: 'USE_EXISTING' } as const;
    const decide = (updateId: string) =>
      client.workflow.executeUpdateWithStart(acknowledgeAlert, {
        updateId,
        args: [{ by: 'anna', at: 1 }],
        startWorkflowOperation: new WithStartWorkflowOperation<AlertTask>(alertTask, operation),
      });
    const answers = await Promise.all([decide('request-1'), decide('request-1'), decide('request-2')]);
    expect(answers.map(({ acknowledgedBy }) => acknowledgedBy)).toEqual(['anna', 'anna', 'anna']);
    expect(alerts.writtenOf('alert')).toHaveLength(1);
    await eventually(async () => expect(await deadlineOf()).toBeUndefined());
    await task.terminate();
  }, 60_000);

  it('a plan is found by its authority and its stage', async () => {
    plans.plans.set('found', { type: 'UCPP', startDate: '2026-01-01', version: 1 });
    const workflowId = childPlanId('found');
    const plan = await client.workflow.start<ChildPlan>(childPlan, {
      taskQueue,
      workflowId,
      args: [{ planId: 'found', authority }],
    });
    const query = `Authority = '${authority}' and Stage = 'unborn' and SchemaVersion = 1 and TaskQueue = '${taskQueue}'`;
    await eventually(async () => {
      const found: string[] = [];
      for await (const { workflowId: id } of client.workflow.list({ query })) found.push(id);
      expect(found).toEqual([workflowId]);
    });
    await plan.terminate();
  }, 60_000);
});
