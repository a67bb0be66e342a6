import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { addDays } from '../dates.rules';
import { isWorkingDay, workingDayAfter, workingDaysBetween } from './working-days.rules';

const christmas = new Set(['2026-12-25', '2026-12-28', '2027-01-01']);
const date = fc.integer({ min: 0, max: 4_000 }).map((days) => addDays('2024-01-01', days));
const holidays = fc.array(date, { maxLength: 30 }).map((dates) => new Set(dates));

describe('working days in England', () => {
  it('are Monday to Friday without the bank holidays', () => {
    expect(isWorkingDay('2026-11-23', christmas)).toBe(true);
    expect(isWorkingDay('2026-11-21', christmas)).toBe(false);
    expect(isWorkingDay('2026-11-22', christmas)).toBe(false);
    expect(isWorkingDay('2026-12-25', christmas)).toBe(false);
    expect(isWorkingDay('1999-12-31', christmas)).toBe(true);
    expect(isWorkingDay('2000-01-01', christmas)).toBe(false);
  });

  it('go from Friday to Monday, and across the Christmas days', () => {
    expect(workingDayAfter('2026-11-20', christmas)).toBe('2026-11-23');
    expect(workingDayAfter('2026-11-21', christmas)).toBe('2026-11-23');
    expect(workingDayAfter('2026-12-24', christmas)).toBe('2026-12-29');
    expect(workingDayAfter('2026-12-24', christmas, 2)).toBe('2026-12-30');
  });

  it('begin with the day itself when none is to pass', () => {
    expect(workingDayAfter('2026-11-23', christmas, 0)).toBe('2026-11-23');
    expect(workingDayAfter('2026-11-21', christmas, 0)).toBe('2026-11-23');
  });

  it('land on a working day with exactly as many after the start', () => {
    fc.assert(
      fc.property(date, holidays, fc.integer({ min: 1, max: 12 }), (start, days, n) => {
        const end = workingDayAfter(start, days, n);
        expect(isWorkingDay(end, days)).toBe(true);
        expect(workingDaysBetween(start, end, days)).toBe(n);
      }),
    );
  });

  it('are none between a day and itself or an earlier one', () => {
    expect(workingDaysBetween('2026-11-23', '2026-11-23', christmas)).toBe(0);
    expect(workingDaysBetween('2026-11-23', '2026-11-20', christmas)).toBe(0);
  });
});
