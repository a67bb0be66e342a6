import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { addDays, daysBetween } from '../dates.rules';
import { effectiveEnd, endReasons, nextChangeOn, stageOn, visibilityOn } from './visibility.rules';
import type { PlanDates } from './visibility.rules';

const cpp: PlanDates = { type: 'CPP', startDate: '2026-01-10', birthDate: '2015-06-20' };
const unborn: PlanDates = { type: 'UCPP', startDate: '2026-01-10', expectedDeliveryDate: '2026-06-01' };

describe('a child protection plan or a looked-after child', () => {
  it('is active from recording, also before it starts', () => {
    expect(visibilityOn({ ...cpp, startDate: '2027-01-01' }, '2026-11-23')).toBe('active');
  });

  it('is active through its end date, ended from the day after', () => {
    const plan = { ...cpp, endDate: '2026-06-03' };
    expect(visibilityOn(plan, '2026-06-03')).toBe('active');
    expect(visibilityOn(plan, '2026-06-04')).toBe('ended');
  });

  it('stays in sight, marked ended, through the 365th day after its end', () => {
    const plan = { ...cpp, endDate: '2026-06-03' };
    expect(visibilityOn(plan, '2027-06-03')).toBe('ended');
    expect(visibilityOn(plan, '2027-06-04')).toBe('out-of-sight');
  });

  it('counts 365 days, not a year, across a leap day', () => {
    const plan = { ...cpp, endDate: '2027-06-03' };
    expect(visibilityOn(plan, '2028-06-02')).toBe('ended');
    expect(visibilityOn(plan, '2028-06-03')).toBe('out-of-sight');
  });

  it('ends by itself on the day before the 18th birthday', () => {
    const plan: PlanDates = { type: 'LAC', startDate: '2020-01-01', birthDate: '2008-11-23' };
    expect(effectiveEnd(plan)).toBe('2026-11-22');
    expect(visibilityOn(plan, '2026-11-22')).toBe('active');
    expect(visibilityOn(plan, '2026-11-23')).toBe('ended');
  });

  it('turns 18 on 1 March when born on 29 February', () => {
    const plan: PlanDates = { type: 'CPP', startDate: '2020-01-01', birthDate: '2008-02-29' };
    expect(effectiveEnd(plan)).toBe('2026-02-28');
    expect(visibilityOn(plan, '2026-02-28')).toBe('active');
    expect(visibilityOn(plan, '2026-03-01')).toBe('ended');
  });

  it('takes the earlier of its end date and the 18th birthday', () => {
    expect(effectiveEnd({ ...cpp, endDate: '2026-06-03' })).toBe('2026-06-03');
    expect(effectiveEnd({ ...cpp, endDate: '2035-01-01' })).toBe('2033-06-19');
  });

  it('stays active without an end and a birth date', () => {
    expect(visibilityOn({ type: 'CPP', startDate: '2000-01-01' }, '2099-01-01')).toBe('active');
  });
});

describe('an unborn plan', () => {
  it('is active through the 28th day after the expected delivery date, and expired, unresolved from the 29th', () => {
    expect(visibilityOn(unborn, '2026-06-29')).toBe('active');
    expect(visibilityOn(unborn, '2026-06-30')).toBe('expired-unresolved');
  });

  it('stays expired, unresolved until a person resolves it', () => {
    expect(visibilityOn(unborn, '2046-06-30')).toBe('expired-unresolved');
    expect(nextChangeOn(unborn, '2026-06-30')).toBeUndefined();
  });

  it('never ends by the birth date it carries: that is the mother’s', () => {
    expect(visibilityOn({ ...unborn, birthDate: '1999-01-01' }, '2026-05-01')).toBe('active');
  });

  it.each(['loss-of-pregnancy', 'stillbirth', 'recorded-in-error'] as const)(
    'is gone on the day it ends by %s',
    (endReason) => {
      const plan = { ...unborn, endDate: '2026-05-04', endReason };
      expect(visibilityOn(plan, '2026-05-03')).toBe('active');
      expect(visibilityOn(plan, '2026-05-04')).toBe('out-of-sight');
    },
  );

  it('is expired, unresolved until an end by loss that was reported after the window', () => {
    const plan = { ...unborn, endDate: '2026-08-01', endReason: 'stillbirth' } as const;
    expect(visibilityOn(plan, '2026-06-29')).toBe('active');
    expect(visibilityOn(plan, '2026-07-31')).toBe('expired-unresolved');
    expect(visibilityOn(plan, '2026-08-01')).toBe('out-of-sight');
  });

  it.each([...endReasons.filter((reason) => !/loss|stillbirth|error/.test(reason)), undefined])(
    'stays in sight for 365 days after an end by %s',
    (endReason) => {
      const plan = { ...unborn, endDate: '2026-05-04', endReason };
      expect(visibilityOn(plan, '2026-05-04')).toBe('active');
      expect(visibilityOn(plan, '2026-05-05')).toBe('ended');
      expect(visibilityOn(plan, '2027-05-04')).toBe('ended');
      expect(visibilityOn(plan, '2027-05-05')).toBe('out-of-sight');
    },
  );

  it('is resolved by an end, however late after the expected delivery date', () => {
    expect(visibilityOn({ ...unborn, endDate: '2026-12-01', endReason: 'other' }, '2026-11-23')).toBe('active');
  });

  it('does not fall out of sight for want of an expected delivery date', () => {
    expect(visibilityOn({ type: 'UCPP', startDate: '2020-01-01' }, '2026-11-23')).toBe('active');
  });

  it('is shown as unborn while it is active, and under its state afterwards', () => {
    expect(stageOn(unborn, '2026-06-29')).toBe('unborn');
    expect(stageOn(unborn, '2026-06-30')).toBe('expired-unresolved');
    expect(stageOn(cpp, '2026-06-29')).toBe('active');
  });

  it('ends for the same three reasons at once only when it is unborn', () => {
    expect(visibilityOn({ ...cpp, endDate: '2026-05-04', endReason: 'recorded-in-error' }, '2026-05-05')).toBe('ended');
  });
});

const day = fc.integer({ min: 0, max: 1_600 }).map((days) => addDays('2025-01-01', days));
const perhaps = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const anyPlan: fc.Arbitrary<PlanDates> = fc.record({
  type: fc.constantFrom('CPP', 'LAC', 'UCPP'),
  startDate: day,
  endDate: perhaps(day),
  endReason: perhaps(fc.constantFrom(...endReasons)),
  expectedDeliveryDate: perhaps(day),
  birthDate: perhaps(
    day
      .map((date) => `${Number(date.slice(0, 4)) - 18}${date.slice(4)}`)
      .map((date) => date.replace('-02-29', '-03-01')),
  ),
});

describe('any plan', () => {
  it('changes next on the first later day that reads otherwise, and on no day when there is none', () => {
    fc.assert(
      fc.property(anyPlan, day, (plan, today) => {
        const now = visibilityOn(plan, today);
        const ahead = Array.from({ length: 2_500 }, (_, index) => addDays(today, index + 1));
        expect(nextChangeOn(plan, today)).toBe(ahead.find((date) => visibilityOn(plan, date) !== now));
      }),
      { numRuns: 60 },
    );
  });

  it('never comes back into sight, and is in sight on the day it starts unless it had ended by then', () => {
    fc.assert(
      fc.property(anyPlan, day, fc.nat(2_000), (plan, today, later) => {
        if (visibilityOn(plan, today) === 'out-of-sight')
          expect(visibilityOn(plan, addDays(today, later))).toBe('out-of-sight');
        const end = effectiveEnd(plan);
        if (end === undefined || daysBetween(plan.startDate, end) > 0)
          expect(visibilityOn(plan, plan.startDate)).not.toBe('out-of-sight');
      }),
    );
  });

  it('is never ended or out of sight without an end, nor expired unless unborn', () => {
    fc.assert(
      fc.property(anyPlan, day, (plan, today) => {
        const state = visibilityOn(plan, today);
        if (state === 'ended' || state === 'out-of-sight') expect(effectiveEnd(plan)).toBeDefined();
        if (state === 'expired-unresolved') expect(plan.type).toBe('UCPP');
      }),
    );
  });
});
