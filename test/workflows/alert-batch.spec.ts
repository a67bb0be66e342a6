import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { WorkflowHandle } from '@temporalio/client';
import { alertBatch, alertBatchId, batchProgress } from '../../workflows/alert-batch/contract';
import type { AlertBatch, BatchRequest } from '../../workflows/alert-batch/contract';
import { searchAttributes } from '../../workflows/search-attributes';
import { taskQueue } from '../../workflows/task-queue';
import { BatchFacts } from './batch-facts';
import { eventually } from './eventually';
import { failureOf } from './failures';
import { runsOf, scheduledIn, timersOf } from './runs';
import { openTimeRoom } from './time-room';
import type { TimeRoom } from './time-room';

const authority = 'E06000016';
let facts = new BatchFacts();
let room: TimeRoom;
beforeAll(async () => {
  room = await openTimeRoom(
    () =>
      ({
        claimNotices: (...batch) => facts.activities.claimNotices(...batch),
        raiseAlerts: (...batch) => facts.activities.raiseAlerts(...batch),
        recordBatch: (...batch) => facts.activities.recordBatch(...batch),
      }) satisfies BatchFacts['activities'],
  );
}, 120_000);
afterAll(() => room?.close());
beforeEach(() => {
  facts = new BatchFacts();
});

const start = (request: BatchRequest, workflowId: string): Promise<WorkflowHandle<AlertBatch>> =>
  room.workflow.start<AlertBatch>(alertBatch, { taskQueue, workflowId, args: [request] });
const run = (slot: string): Promise<WorkflowHandle<AlertBatch>> =>
  start({ authority, slot }, alertBatchId(authority, slot));

describe('a batch', () => {
  it('claims the notices, raises all alerts in rounds of a hundred subjects and records both', async () => {
    for (let subject = 0; subject < 250; subject++) facts.open.set(`subject-${subject}`, 2);
    const batch = await run('morning');
    const result = { slot: 'morning', notices: 500, alerts: 250 };
    expect(await batch.result()).toEqual(result);
    expect(facts.rounds).toEqual([100, 100, 50]);
    expect(facts.recorded).toEqual([result]);
    expect(await batch.query(batchProgress)).toEqual({ ...result, stage: 'done' });
  });

  it('records that there was nothing, without raising', async () => {
    const batch = await run('quiet');
    expect(await batch.result()).toEqual({ slot: 'quiet', notices: 0, alerts: 0 });
    expect(facts.rounds).toEqual([]);
    expect(facts.recorded).toHaveLength(1);
  });

  it('run twice for one slot raises nothing twice and claims nothing new', async () => {
    facts.open.set('child', 3);
    await (await run('twice')).result();
    const again = await start({ authority, slot: 'twice' }, `${alertBatchId(authority, 'twice')}/again`);
    expect(await again.result()).toMatchObject({ notices: 3, alerts: 0 });
    expect(facts.raised).toEqual(['child']);
  });

  it('goes on when the database was away at each step', async () => {
    facts.open.set('child', 1);
    facts.failing.add('claimNotices').add('raiseAlerts').add('recordBatch');
    const batch = await run('outage');
    expect(await batch.result()).toEqual({ slot: 'outage', notices: 1, alerts: 1 });
    expect(scheduledIn(await runsOf(room.workflow, batch.workflowId), 'claimNotices')).toBe(1);
  });

  it('started by hand, without a slot, takes the time of its start for one', async () => {
    const batch = await start({ authority }, alertBatchId(authority, 'by-hand'));
    const { slot } = await batch.result();
    expect(slot).toMatch(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/);
    expect(facts.recorded[0]?.slot).toBe(slot);
  });
});

describe('a batch that makes no headway', () => {
  it('waits for whoever holds what is left', async () => {
    facts.open.set('free', 1).set('held', 1);
    facts.held.add('held');
    const batch = await run('waits');
    await eventually(async () =>
      expect(await batch.query(batchProgress)).toMatchObject({ stage: 'raising', alerts: 1 }),
    );
    await room.skip(25_000);
    facts.held.clear();
    expect(await batch.result()).toEqual({ slot: 'waits', notices: 2, alerts: 2 });
  });

  it('gives up loudly after five minutes, and records nothing as done', async () => {
    facts.open.set('held', 1);
    facts.held.add('held');
    const batch = await run('stuck');
    expect(await failureOf(batch.result())).toBe('batch-stuck');
    expect(facts.recorded).toEqual([]);
    expect(timersOf(await runsOf(room.workflow, batch.workflowId))).toHaveLength(29);
  });
});

describe('garbage', () => {
  it.each<[unknown[]]>([[[]], [[null]], [['E06000016']], [[{ slot: 'x' }]], [[{ authority, slot: 7 }]]])(
    'as request (%j) fails the batch, and the next good one runs',
    async (args) => {
      const workflowId = `malformed-${JSON.stringify(args)}`;
      const batch = await room.workflow.start(alertBatch, { taskQueue, workflowId, args });
      expect(await failureOf(batch.result())).toBe('batch-request-malformed');
      expect(await (await run(`after-${workflowId}`)).result()).toMatchObject({ notices: 0 });
    },
  );

  it('in a query, a signal or an update stops nothing', async () => {
    facts.open.set('child', 1);
    facts.held.add('child');
    const batch = await run('disturbed');
    await batch.query(batchProgress.name, null, { more: [] });
    await expect(batch.query('noSuchQuery')).rejects.toThrow();
    await batch.signal('noSuchSignal', null);
    await expect(batch.executeUpdate('noSuchUpdate')).rejects.toThrow();
    facts.held.clear();
    expect(await batch.result()).toMatchObject({ alerts: 1 });
  });

  it('as an authority that does not exist fails the batch', async () => {
    const batch = await start({ authority: 'nowhere', slot: 's' }, alertBatchId('nowhere', 's'));
    expect(await failureOf(batch.result())).toBe('authority-not-found');
  });
});

describe('what the Temporal UI shows of a batch', () => {
  it('is its authority, its stage and counts', async () => {
    facts.open.set('child', 1);
    const batch = await run('shown');
    await batch.result();
    const { typedSearchAttributes: shown } = await batch.describe();
    expect([shown.get(searchAttributes.authority), shown.get(searchAttributes.stage)]).toEqual([authority, 'done']);
    const metadata = await batch.query<{ currentDetails?: string }>('__temporal_workflow_metadata');
    expect(metadata.currentDetails).toBe('Slot shown: done. 1 notices, 1 alerts.');
  });
});
