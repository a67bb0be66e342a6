import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import {
  clockHasCome,
  detailsOf,
  isPlanIdentity,
  newPlanState,
  resultOf,
  reviewed,
  sleepFor,
  upgrade,
} from './child-plan.rules';

const hour = 3_600_000;
const day = 24 * hour;
const now = Date.parse('2026-11-23T15:20:10.123Z');
const anyNow = fc.integer({ min: Date.parse('2026-01-01'), max: Date.parse('2046-01-01') });
const fromDayToWeeks = fc.integer({ min: -day, max: 31 * day });

describe('how long a plan sleeps', () => {
  it('is 30 days while nothing is ahead, or what is ahead is more than 31 days away', () => {
    expect(sleepFor(now)).toBe(30 * day);
    expect(sleepFor(now, now + 31 * day + 1)).toBe(30 * day);
    expect(sleepFor(now, now + 31 * day)).toBeLessThanOrEqual(day);
  });

  it('is a nap of an even number of hours, at most a day, near a clock', () => {
    fc.assert(
      fc.property(anyNow, fromDayToWeeks, (start, ahead) => {
        const nap = sleepFor(start, start + ahead);
        expect(nap % (2 * hour)).toBe(0);
        expect(nap).toBeGreaterThan(0);
        expect(nap).toBeLessThanOrEqual(day);
      }),
    );
  });

  it('is the same nap whatever the clock is: its length gives no date away', () => {
    fc.assert(
      fc.property(anyNow, fromDayToWeeks, fromDayToWeeks, (start, one, other) =>
        expect(sleepFor(start, start + one)).toBe(sleepFor(start, start + other)),
      ),
    );
  });

  it('ends between 02:00 and 04:00 UTC: after midnight in London, summer and winter', () => {
    fc.assert(
      fc.property(anyNow, fromDayToWeeks, (start, ahead) => {
        const woken = (start + sleepFor(start, start + ahead)) % day;
        expect(woken).toBeGreaterThanOrEqual(2 * hour);
        expect(woken).toBeLessThan(4 * hour);
      }),
    );
  });

  it('wakes in the night that brings the change, never a day late and at most once before a far one', () => {
    const midnightInLondon = Date.parse('2026-06-30T23:00:00Z');
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 * day }), (before) => {
        let time = midnightInLondon - before;
        while (!clockHasCome(time, midnightInLondon)) time += sleepFor(time, midnightInLondon);
        expect(time - midnightInLondon).toBeLessThan(5 * hour);
      }),
    );
  });

  it('is over at the very instant of the clock', () => {
    expect(clockHasCome(now - 1, now)).toBe(false);
    expect(clockHasCome(now, now)).toBe(true);
    expect(clockHasCome(now, undefined)).toBe(false);
  });
});

describe('the state of a plan', () => {
  const state = {
    ...newPlanState,
    stage: 'ended',
    version: 3,
    accesses: 2,
    alerts: 1,
    toldIds: [1, 2],
    lastAccessAt: '2026-11-23T09:00:00Z',
  } as const;

  it('comes back from the last run as it was handed over', () => {
    expect(upgrade(state)).toEqual(state);
    expect(upgrade(newPlanState)).toEqual(newPlanState);
  });

  it('begins anew where it cannot be read', () => {
    for (const carried of [
      undefined,
      null,
      'state',
      [],
      {},
      { ...state, schemaVersion: 2 },
      { ...state, stage: 'gone' },
    ])
      expect(upgrade(carried)).toEqual(newPlanState);
    for (const carried of [
      { ...state, toldIds: 'all' },
      { ...state, toldIds: [1, 'two'] },
      { ...state, accesses: -1 },
    ])
      expect(upgrade(carried)).toEqual(newPlanState);
  });

  it('takes its stage from the facts and keeps the newest version it heard of', () => {
    expect(reviewed(state, { stage: 'active', version: 2 })).toEqual({ ...state, stage: 'active', version: 3 });
    expect(reviewed(state, { stage: 'active', version: 5, nextChangeAt: 1 })).toMatchObject({ version: 5 });
  });

  it('is shown and summed up without a date, a number or a name', () => {
    expect(detailsOf(state)).toBe('Stage: ended. Told of 2 accesses and 1 alerts. Facts at version 3.');
    expect(resultOf(state)).toEqual({ stage: 'out-of-sight', accesses: 2, alerts: 1 });
  });

  it('belongs to a plan that is named', () => {
    expect(isPlanIdentity({ planId: 'p', authority: 'E06000016' })).toBe(true);
    for (const garbage of [
      undefined,
      null,
      'p',
      {},
      { planId: '', authority: 'E06000016' },
      { planId: 'p', authority: 7 },
    ])
      expect(isPlanIdentity(garbage)).toBe(false);
  });
});
