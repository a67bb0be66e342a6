import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  birthTransfer,
  birthTransferId,
  declineNewborn,
  transferEvents,
  transferState,
} from '../../workflows/birth-transfer/contract';
import { searchAttributes } from '../../workflows/search-attributes';
import { taskQueue } from '../../workflows/task-queue';
import { failureOf } from './failures';
import { authority } from './plan-room';
import { runsOf } from './runs';
import { declineOf, toldOf, TransferRoom } from './transfer-room';

const day = 86_400_000;
let room: TransferRoom;
beforeAll(async () => {
  room = await TransferRoom.open();
}, 120_000);
afterAll(() => room?.time.close());

describe('a birth transfer', () => {
  it('is done when her record is closed and the baby’s plan is there, whichever comes first', async () => {
    for (const [planId, motherFirst] of [
      ['mother-first', true],
      ['plan-first', false],
    ] as const) {
      const transfer = await room.isBorn(planId, `${planId}/1`);
      if (motherFirst) await room.closesHerRecord(planId);
      await room.suppliesPlan(planId, `${planId}/1`);
      if (!motherFirst) {
        await room.time.skip(1_000);
        expect(await transfer.query(transferState)).toMatchObject({ babies: [{ state: 'supplied' }] });
        await room.closesHerRecord(planId);
      }
      expect(await transfer.result()).toMatchObject({
        notified: 1,
        expected: 1,
        supplied: 1,
        inWords: "1 of 1 babies notified: 1 with a plan, 0 declined, 0 stillborn. The mother's record is closed.",
      });
      expect(room.facts.alerted).toContain(`${planId}/1`);
    }
  });

  it('waits for each twin, weeks apart and out of order', async () => {
    const transfer = await room.isBorn('twins', 'twins/2', { birthOrder: 2, numberOfBirths: 2 });
    await room.closesHerRecord('twins');
    await room.suppliesPlan('twins', 'twins/2');
    await room.time.skip(21 * day);
    expect((await transfer.describe()).status.name).toBe('RUNNING');
    await room.isBorn('twins', 'twins/1', { birthOrder: 1, numberOfBirths: 2 });
    await room.time.skip(1_000);
    expect(await transfer.executeUpdate(declineNewborn, { args: [declineOf('twins/1')] })).toMatchObject({
      babies: [{ state: 'supplied' }, { state: 'declined', reason: 'wrong-match' }],
    });
    expect(await transfer.result()).toMatchObject({ notified: 2, expected: 2, supplied: 1, declined: 1 });
  });

  it('waits no longer than 28 days for a twin of which nothing is heard, and opens again when it comes', async () => {
    const transfer = await room.isBorn('missing', 'missing/1', { numberOfBirths: 2 });
    await room.closesHerRecord('missing');
    await room.suppliesPlan('missing', 'missing/1');
    await room.time.skip(28 * day - 60_000);
    expect((await transfer.describe()).status.name).toBe('RUNNING');
    expect(await transfer.result()).toMatchObject({ notified: 1, expected: 2 });
    const again = await room.isBorn('missing', 'missing/2', { birthOrder: 2, numberOfBirths: 2 });
    await room.suppliesPlan('missing', 'missing/2');
    expect(await again.result()).toMatchObject({ notified: 2, supplied: 2 });
  });

  it('of a stillbirth alone asks for no plan, and is done when her record is ended', async () => {
    const transfer = await room.isBorn('loss', 'loss/1', { state: 'not-expected' });
    await room.time.skip(1_000);
    expect((await transfer.describe()).typedSearchAttributes.get(searchAttributes.stage)).toBe('stillborn');
    await room.closesHerRecord('loss');
    expect(await transfer.result()).toMatchObject({ stillborn: 1, supplied: 0 });
  });

  it('is done at once when everything was done before the birth was notified', async () => {
    room.facts.plans.set('before', { motherIsClosed: true, babies: [] });
    const transfer = await room.isBorn('before', 'before/1', { state: 'supplied' });
    expect(await transfer.result()).toMatchObject({ notified: 1, supplied: 1 });
  });
});

describe('an authority that does not answer', () => {
  it('is reminded after 3 days, its manager after 7, its duty desk after 14, each once, and it stays open', async () => {
    const transfer = await room.isBorn('silent', 'silent/1');
    const steps: readonly (readonly [number, readonly string[]])[] = [
      [3 * day - 60_000, []],
      [120_000, ['reminder']],
      [4 * day, ['reminder', 'manager']],
      [7 * day, ['reminder', 'manager', 'duty-desk']],
      [90 * day, ['reminder', 'manager', 'duty-desk']],
    ];
    for (const [ms, reminded] of steps) {
      await room.time.skip(ms);
      expect(room.facts.remindersOf('silent')).toEqual(reminded);
    }
    expect((await transfer.describe()).status.name).toBe('RUNNING');
    expect((await runsOf(room.time.workflow, birthTransferId('silent'))).length).toBeGreaterThan(1);
    expect(await transfer.query(transferState)).toMatchObject({ step: 'duty-desk', babies: [{ state: 'awaiting' }] });
    await room.closesHerRecord('silent');
    await room.suppliesPlan('silent', 'silent/1');
    expect(await transfer.result()).toMatchObject({ supplied: 1 });
  }, 60_000);

  it('is reminded anew of a baby that comes later', async () => {
    const transfer = await room.isBorn('later', 'later/1', { numberOfBirths: 2 });
    await room.time.skip(8 * day);
    await room.isBorn('later', 'later/2', { birthOrder: 2, numberOfBirths: 2 });
    await room.time.skip(4 * day);
    expect(room.facts.remindersOf('later')).toEqual(['reminder', 'manager', 'reminder']);
    await transfer.terminate();
  });
});

describe('a decision to decline', () => {
  it('is written once, and answered the same when it is given again', async () => {
    const transfer = await room.isBorn('decided', 'decided/1');
    for (let n = 0; n < 2; n += 1)
      expect(await transfer.executeUpdate(declineNewborn, { args: [declineOf('decided/1')] })).toMatchObject({
        babies: [{ state: 'declined' }],
      });
    expect(room.facts.declined.filter((id) => id === 'decided/1')).toHaveLength(1);
    const other = transfer.executeUpdate(declineNewborn, {
      args: [declineOf('decided/1', 'other-authority-responsible')],
    });
    expect(await failureOf(other)).toBe('newborn-settled');
    await room.closesHerRecord('decided');
    expect(await transfer.result()).toMatchObject({ declined: 1 });
  });

  it('is refused when the plan came in the same moment', async () => {
    const transfer = await room.isBorn('raced', 'raced/1');
    room.facts.meanwhile = () => room.facts.change('raced', 'raced/1', { state: 'supplied' });
    const late = transfer.executeUpdate(declineNewborn, { args: [declineOf('raced/1')] });
    expect(await failureOf(late)).toBe('newborn-settled');
    room.facts.meanwhile = undefined;
    expect(await transfer.query(transferState)).toMatchObject({ babies: [{ state: 'supplied' }] });
    await transfer.terminate();
  });

  it('is refused for a stillborn baby and for one that is not there', async () => {
    const transfer = await room.isBorn('refused', 'refused/1', { state: 'not-expected' });
    expect(await failureOf(transfer.executeUpdate(declineNewborn, { args: [declineOf('refused/1')] }))).toBe(
      'newborn-settled',
    );
    expect(await failureOf(transfer.executeUpdate(declineNewborn, { args: [declineOf('nobody')] }))).toBe(
      'newborn-not-found',
    );
    await transfer.terminate();
  });
});

describe('garbage', () => {
  it.each<[string, unknown[]]>([
    ['nothing', []],
    ['null', [null]],
    ['an object', [{ id: 1, kind: 'born' }]],
    ['a list of garbage', [[null, 7, 'x', [], {}, { id: 'x', kind: 'born' }, { id: 3, kind: 'risen' }]]],
  ])('in a signal (%s) is dropped, and the next good signal is served', async (what, payload) => {
    const planId = `garbage-${what}`;
    const transfer = await room.isBorn(planId, planId);
    await transfer.signal(transferEvents.name, ...payload);
    await transfer.signal('noSuchSignal', payload);
    await room.suppliesPlan(planId, planId);
    await room.time.skip(1_000);
    expect(await transfer.query(transferState)).toMatchObject({ babies: [{ state: 'supplied' }] });
    await transfer.terminate();
  });

  it.each<[unknown, string]>([
    [null, 'decline-malformed'],
    [{}, 'decline-malformed'],
    [{ ...declineOf('x'), at: 'now' }, 'decline-malformed'],
    [{ ...declineOf('x'), reason: 'because' }, 'reason-unknown'],
  ])('as a decision (%j) is refused, and the next good one is served', async (payload, refusal) => {
    const planId = `malformed-${JSON.stringify(payload)}`;
    const transfer = await room.isBorn(planId, planId);
    expect(await failureOf(transfer.executeUpdate<unknown, [unknown]>('declineNewborn', { args: [payload] }))).toBe(
      refusal,
    );
    await transfer.executeUpdate(declineNewborn, { args: [declineOf(planId)] });
    await transfer.terminate();
  });

  it.each<[unknown[]]>([[[]], [[null]], [[{ planId: '' }]]])('as identity (%j) fails the workflow', async (args) => {
    const workflowId = birthTransferId(`malformed-${JSON.stringify(args)}`);
    const transfer = await room.time.workflow.start(birthTransfer, { taskQueue, workflowId, args });
    expect(await failureOf(transfer.result())).toBe('transfer-identity-malformed');
  });

  it('as a plan that is not there fails the workflow', async () => {
    expect(await failureOf((await room.tell('nobody', toldOf('born'))).result())).toBe('plan-not-found');
  });
});

describe('what the Temporal UI shows of a transfer', () => {
  it('is its authority, its stage and counts', async () => {
    room.facts.failures = 2;
    const transfer = await room.isBorn('shown', 'shown/1', { numberOfBirths: 2 });
    await room.time.skip(30_000);
    const { typedSearchAttributes: shown } = await transfer.describe();
    expect(shown.get(searchAttributes.authority)).toBe(authority);
    expect(shown.get(searchAttributes.stage)).toBe('awaiting-authority');
    const metadata = await transfer.query<{ currentDetails?: string }>('__temporal_workflow_metadata');
    expect(metadata.currentDetails).toBe(
      "1 of 2 babies notified, 0 settled. The mother's record is open. Last reminded: none.",
    );
    await transfer.terminate();
  });
});
