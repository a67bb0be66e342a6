import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { addDays, daysBetween, earliest, eighteenthBirthday, inWords, isRealDate } from './dates.rules';

const anyDate = fc
  .date({ min: new Date('1900-01-01'), max: new Date('2100-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

describe('dates', () => {
  it.each([
    '2026-02-29',
    '2026-13-01',
    '2026-00-10',
    '2026-04-31',
    '2026-4-3',
    '20260403',
    '2026-04-03T00:00:00Z',
    '',
    20260403,
    null,
  ])('does not take %p for a date', (value) => expect(isRealDate(value)).toBe(false));

  it('takes every day of the calendar for a date', () => {
    fc.assert(fc.property(anyDate, (date) => expect(isRealDate(date)).toBe(true)));
  });

  it('goes across the ends of months, leap days and both clock changes', () => {
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
    expect(addDays('2026-03-28', 2)).toBe('2026-03-30');
    expect(addDays('2026-10-26', -2)).toBe('2026-10-24');
  });

  it('counts back what it added', () => {
    fc.assert(
      fc.property(anyDate, fc.integer({ min: -20_000, max: 20_000 }), (date, days) =>
        expect(daysBetween(date, addDays(date, days))).toBe(days),
      ),
    );
  });

  it('keeps the 18th birthday on the day of birth, and moves 29 February to 1 March', () => {
    expect(eighteenthBirthday('2008-11-23')).toBe('2026-11-23');
    expect(eighteenthBirthday('2008-02-29')).toBe('2026-03-01');
    expect(eighteenthBirthday('2008-02-28')).toBe('2026-02-28');
    expect(eighteenthBirthday('2010-12-31')).toBe('2028-12-31');
  });

  it('knows no 18th birthday that is not the same day of the year, but for 29 February', () => {
    fc.assert(
      fc.property(anyDate, (date) => {
        const expected = date.endsWith('-02-29') ? '-03-01' : date.slice(4);
        expect(eighteenthBirthday(date)).toBe(`${Number(date.slice(0, 4)) + 18}${expected}`);
      }),
    );
  });

  it('finds the earliest of the dates it knows', () => {
    expect(earliest('2026-05-02', undefined, '2026-05-01')).toBe('2026-05-01');
    expect(earliest(undefined)).toBeUndefined();
  });

  it('writes a date as a person does', () => {
    expect(inWords('2026-06-03')).toBe('3 June 2026');
  });
});
