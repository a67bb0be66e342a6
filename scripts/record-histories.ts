import { alertBatch, alertBatchId } from '../workflows/alert-batch/contract';
import type { AlertBatch } from '../workflows/alert-batch/contract';
import { acknowledgeAlert, alertSeen, alertTaskId, closeAlert } from '../workflows/alert-task/contract';
import { birthTransferId, declineNewborn } from '../workflows/birth-transfer/contract';
import { childPlanId, planEvents } from '../workflows/child-plan/contract';
import type { PlanEvent } from '../workflows/child-plan/contract';
import { addDays } from '../workflows/dates.rules';
import { taskQueue } from '../workflows/task-queue';
import { closeRun, openRun } from '../test/support/run-folder';
import { BatchFacts } from '../test/workflows/batch-facts';
import { store } from '../test/workflows/history-files';
import { PlanRoom } from '../test/workflows/plan-room';
import { runsOf } from '../test/workflows/runs';
import type { History } from '../test/workflows/runs';
import { anna, authority, closure, day, TaskRoom } from '../test/workflows/task-room';
import { openTimeRoom } from '../test/workflows/time-room';
import { declineOf, TransferRoom } from '../test/workflows/transfer-room';

// Writes a history of each workflow into test/histories, made by today's code: node -r ./scripts/register.cjs
// scripts/record-histories.ts [version]. Histories of earlier versions stay: running workflows have such ones.
const version = process.argv[2] ?? '1';
const at = '2026-11-23T09:00:00Z';
const accessed: PlanEvent = { id: 2, kind: 'accessed', accessId: 'access', at };
const alerted: PlanEvent = { id: 3, kind: 'alerted', alertId: 'alert', at };

async function recordPlan(): Promise<void> {
  const room = await PlanRoom.open();
  try {
    const today = await room.today();
    const unborn = { type: 'UCPP', startDate: today, expectedDeliveryDate: addDays(today, 50) } as const;
    const plan = await room.begin('unborn', () => unborn);
    await plan.signal(planEvents, [{ id: 1, kind: 'recorded', version: 1, at }]);
    await plan.signal(planEvents.name, ['garbage']);
    await room.time.skip(100 * day);
    await plan.signal(planEvents, [accessed, alerted]);
    room.facts.plans.set('unborn', { ...unborn, endDate: addDays(today, 100), endReason: 'other', version: 2 });
    await plan.signal(planEvents, [{ id: 4, kind: 'ended', version: 2, at }]);
    await plan.result();
    const runs = await runsOf(room.time.workflow, childPlanId('unborn'));
    keep('child-plan-unborn', runs[0]);
    keep('child-plan-expired', runs[1]);
    keep('child-plan-out-of-sight', runs.at(-1));
  } finally {
    await room.time.close();
  }
}

async function recordTasks(): Promise<void> {
  const room = await TaskRoom.open();
  try {
    const { task } = await room.begin('unseen');
    await room.time.skip(3 * day);
    await task.signal(alertSeen, anna);
    await task.executeUpdate(acknowledgeAlert, { args: [anna] });
    await task.executeUpdate(closeAlert, { args: [{ ...closure, by: 'carol' }] }).catch(() => undefined);
    await task.executeUpdate(closeAlert, { args: [closure] });
    await task.result();
    const { task: long } = await room.begin('long');
    await long.executeUpdate(acknowledgeAlert, { args: [anna] });
    await room.time.skip(70 * day);
    await long.executeUpdate(closeAlert, { args: [closure] });
    await long.result();
    const renewed = await runsOf(room.time.workflow, alertTaskId('long'));
    keep('alert-task-escalated', (await runsOf(room.time.workflow, alertTaskId('unseen')))[0]);
    keep('alert-task-renewed', renewed[0]);
    keep('alert-task-after-renewal', renewed.at(-1));
  } finally {
    await room.time.close();
  }
}

async function recordBatch(): Promise<void> {
  const facts = new BatchFacts();
  const room = await openTimeRoom(() => facts.activities);
  try {
    for (let subject = 0; subject < 150; subject++) facts.open.set(`subject-${subject}`, 1);
    facts.held.add('subject-7');
    const workflowId = alertBatchId(authority, 'morning');
    const args: Parameters<AlertBatch> = [{ authority, slot: 'morning' }];
    const batch = await room.workflow.start<AlertBatch>(alertBatch, { taskQueue, workflowId, args });
    await room.skip(15_000);
    facts.held.clear();
    await batch.result();
    keep('alert-batch', (await runsOf(room.workflow, workflowId))[0]);
  } finally {
    await room.close();
  }
}

async function recordTransfers(): Promise<void> {
  const room = await TransferRoom.open();
  try {
    const twins = { numberOfBirths: 2 } as const;
    const transfer = await room.isBorn('twins', 'second', { ...twins, birthOrder: 2 });
    await room.time.skip(4 * day);
    await transfer.executeUpdate(declineNewborn, { args: [declineOf('nobody')] }).catch(() => undefined);
    await transfer.executeUpdate(declineNewborn, { args: [declineOf('second')] });
    await room.time.skip(70 * day);
    await room.isBorn('twins', 'first', twins);
    await room.suppliesPlan('twins', 'first');
    await room.closesHerRecord('twins');
    await transfer.result();
    const loss = await room.isBorn('loss', 'stillborn', { state: 'not-expected' });
    await room.closesHerRecord('loss');
    await loss.result();
    const runs = await runsOf(room.time.workflow, birthTransferId('twins'));
    keep('birth-transfer-renewed', runs[0]);
    keep('birth-transfer-twins', runs.at(-1));
    keep('birth-transfer-loss', (await runsOf(room.time.workflow, birthTransferId('loss')))[0]);
  } finally {
    await room.time.close();
  }
}

function keep(name: string, history: History | undefined): void {
  if (history === undefined) throw new Error(`There is no run to keep as ${name}.`);
  console.log(`${store(`${name}.v${version}`, history)}: ${history.events?.length} events`);
}

async function record(): Promise<void> {
  await openRun();
  try {
    await recordPlan();
    await recordTasks();
    await recordBatch();
    await recordTransfers();
  } finally {
    await closeRun();
  }
}

void record().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
