import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import * as rules from './birth-transfer.rules';
import { declineReasons } from './contract';
import type { Baby, NewbornState, TransferState } from './contract';
import { detailsOf, resultOf, stageOf } from './transfer-words.rules';

const day = 86_400_000;
const baby = (newbornId: string, changes: Partial<Baby> = {}): Baby => ({
  newbornId,
  state: 'awaiting',
  birthOrder: 1,
  numberOfBirths: 1,
  knownAt: 0,
  ...changes,
});
const after = (motherIsClosed: boolean, babies: readonly Baby[], now = 0): TransferState =>
  rules.reviewed(rules.newTransfer, { motherIsClosed, babies }, now);

const told = (id: number) => ({ id, kind: 'born', at: '2026-11-23T09:00:00Z' }) as const;

const states = fc.constantFrom<NewbornState>('awaiting', 'supplied', 'declined', 'not-expected');
const someBabies = fc
  .array(fc.record({ state: states, numberOfBirths: fc.integer({ min: 1, max: 4 }), knownAt: fc.nat(40 * day) }), {
    minLength: 1,
    maxLength: 4,
  })
  .map((many) => many.map((one, place) => baby(`b${place}`, { ...one, birthOrder: place + 1 })));

describe('when a transfer is done', () => {
  it('needs her record closed and every baby settled, whatever else is so', () => {
    fc.assert(
      fc.property(fc.boolean(), someBabies, fc.nat(100 * day), (isClosed, babies, now) => {
        const isSettled = isClosed && babies.every(({ state }) => state !== 'awaiting');
        const state = after(isClosed, babies);
        if (!isSettled) expect(rules.isDone(state, now)).toBe(false);
        expect(rules.asksNothing(state)).toBe(isSettled);
        expect(rules.isDone(state, 28 * day)).toBe(isSettled);
      }),
    );
  });

  it('waits for the babies that the notifications speak of, for 28 days and not an instant longer', () => {
    const state = after(true, [baby('a', { state: 'supplied', numberOfBirths: 2 })], 5 * day);
    expect(rules.isDone(state, 33 * day - 1)).toBe(false);
    expect(rules.isDone(state, 33 * day)).toBe(true);
    const both = after(true, [...state.babies, baby('b', { state: 'declined', numberOfBirths: 2 })], 6 * day);
    expect(rules.isDone(both, 6 * day)).toBe(true);
  });

  it('does not depend on the order in which the facts came', () => {
    fc.assert(
      fc.property(someBabies, fc.boolean(), fc.nat(4), (babies, isClosed, cut) => {
        const inTwo = rules.reviewed(after(false, babies.slice(0, cut)), { motherIsClosed: isClosed, babies }, 9);
        const atOnce = after(isClosed, babies, 9);
        expect({ ...inTwo, step: 'none' }).toEqual(atOnce);
      }),
    );
  });

  it('forgets that it was settled when her record is opened again', () => {
    const settled = after(true, [baby('a', { state: 'supplied' })], 1);
    expect(settled.settledAt).toBe(1);
    expect(rules.reviewed(settled, { motherIsClosed: false, babies: settled.babies }, 2).settledAt).toBeUndefined();
    expect(rules.reviewed(settled, { motherIsClosed: true, babies: settled.babies }, 3).settledAt).toBe(1);
  });

  it('is not before there is a baby', () => {
    expect(rules.isDone(after(true, []), 1e12)).toBe(false);
    expect(rules.nextClock(after(true, []))).toBeUndefined();
  });
});

describe('the reminders', () => {
  it.each([
    [3 * day - 1, undefined],
    [3 * day, 'reminder'],
    [7 * day - 1, 'reminder'],
    [7 * day, 'manager'],
    [14 * day - 1, 'manager'],
    [14 * day, 'duty-desk'],
    [900 * day, 'duty-desk'],
  ])('after %d ms ask %s', (now, step) => {
    expect(rules.stepDue(after(false, [baby('a')]), now)).toBe(step);
  });

  it('never go back, never repeat, and have a clock until the last', () => {
    fc.assert(
      fc.property(someBabies, fc.array(fc.nat(60 * day), { maxLength: 12 }), (babies, instants) => {
        let state = after(false, babies);
        const asked: string[] = [];
        for (const now of instants.toSorted((a, b) => a - b)) {
          const step = rules.stepDue(state, now);
          if (step !== undefined) asked.push(step);
          state = { ...state, step: step ?? state.step };
          const next = rules.nextClock(state);
          if (next !== undefined) expect(next).toBeGreaterThan(now);
          else expect(state.step).toBe('duty-desk');
        }
        expect(asked).toEqual(['reminder', 'manager', 'duty-desk'].filter((step) => asked.includes(step)));
      }),
    );
  });

  it('stop when nothing is asked, and begin anew with a new baby', () => {
    const settled = after(true, [baby('a', { state: 'declined' })]);
    expect(rules.stepDue(settled, 900 * day)).toBeUndefined();
    const late = { ...after(false, [baby('a')]), step: 'duty-desk' } as const;
    const babies = [...late.babies, baby('b', { knownAt: 20 * day })];
    const twin = rules.reviewed(late, { motherIsClosed: false, babies }, 20 * day);
    expect([twin.step, rules.stepDue(twin, 23 * day)]).toEqual(['none', 'reminder']);
  });

  it('are about the baby that is awaited, else about her record', () => {
    const babies = [baby('a', { state: 'supplied' }), baby('b'), baby('c')];
    expect(rules.babyToRemindOf(after(false, babies))?.newbornId).toBe('b');
    expect(rules.babyToRemindOf(after(false, babies.slice(0, 1)))?.newbornId).toBe('a');
  });

  it('wait at least a millisecond and at most 30 days', () => {
    expect([rules.waitFor(5, 5), rules.waitFor(5, 1), rules.waitFor(0, 90 * day), rules.waitFor(0, undefined)]).toEqual(
      [1, 1, 30 * day, 30 * day],
    );
  });
});

describe('declining', () => {
  const decision = { newbornId: 'a', by: 'anna', at: 1, reason: 'wrong-match' } as const;

  it('is for a baby that is awaited, and the same again is the same answer', () => {
    fc.assert(
      fc.property(states, fc.constantFrom(...declineReasons), (state, reason) => {
        const known = after(false, [baby('a', { state, ...(state === 'declined' && { reason }) })]);
        const { allowed } = rules.decline(known, decision);
        expect(allowed).toBe(state === 'awaiting' || (state === 'declined' && reason === decision.reason));
      }),
    );
    expect(rules.decline(rules.newTransfer, decision)).toEqual({ allowed: false, refusal: 'newborn-not-found' });
  });

  it('takes nothing that is not a decision', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        expect(rules.faultOfDecline(value)).toMatch(/^(decline-malformed|reason-unknown)$/);
      }),
    );
    expect(rules.faultOfDecline(decision)).toBeUndefined();
  });
});

describe('what a transfer is told and carries', () => {
  it('is heard once, however often it is told', () => {
    const state = rules.tell(rules.newTransfer, [told(1), told(2), told(1)]);
    expect(state.toldIds).toEqual([1, 2]);
    expect(rules.unheard(state, [told(2), told(3)])).toEqual([told(3)]);
    const many = Array.from({ length: 300 }, (_, id) => told(id));
    expect(rules.tell(state, many).toldIds).toHaveLength(rules.rememberedIds);
  });

  it('drops whatever is no event', () => {
    fc.assert(fc.property(fc.anything(), (value) => expect(rules.eventsIn(value).events).toEqual([])));
    expect(rules.eventsIn([told(1), null])).toEqual({ events: [told(1)], dropped: 1 });
  });

  it('survives a renewal unchanged, and garbage begins anew', () => {
    fc.assert(
      fc.property(fc.boolean(), someBabies, (isClosed, babies) => {
        const state = after(isClosed, babies, 7);
        expect(rules.upgrade(JSON.parse(JSON.stringify(state)))).toEqual(state);
      }),
    );
    fc.assert(fc.property(fc.anything(), (value) => expect(rules.upgrade(value)).toEqual(rules.newTransfer)));
  });
});

describe('the words of a transfer', () => {
  it('tell k of n, and never who', () => {
    const state = after(true, [
      baby('a', { state: 'supplied', numberOfBirths: 3 }),
      baby('b', { state: 'declined', numberOfBirths: 3 }),
      baby('c', { state: 'not-expected', numberOfBirths: 3 }),
    ]);
    expect(resultOf(state)).toMatchObject({ notified: 3, expected: 3, supplied: 1, declined: 1, stillborn: 1 });
    expect(detailsOf(state)).toBe(
      "3 of 3 babies notified, 3 settled. The mother's record is closed. Last reminded: none.",
    );
  });

  it('name the stage: a loss alone is its own', () => {
    expect(stageOf(after(false, [baby('a', { state: 'not-expected' })]), false)).toBe('stillborn');
    expect(stageOf(after(false, [baby('a', { state: 'not-expected' }), baby('b')]), false)).toBe('awaiting-authority');
    expect(stageOf(after(true, [baby('a', { state: 'supplied', numberOfBirths: 2 })]), false)).toBe('awaiting-births');
    expect(stageOf(after(true, [baby('a', { state: 'supplied' })]), true)).toBe('done');
  });
});
