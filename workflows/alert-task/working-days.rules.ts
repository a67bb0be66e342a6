import { addDays, daysBetween } from '../dates.rules';
import type { IsoDate } from '../dates.rules';

/** Working days in England: Monday to Friday without the bank holidays given. They only decide who is asked next (domain 11). */
export type BankHolidays = ReadonlySet<IsoDate>;

export const isWorkingDay = (date: IsoDate, holidays: BankHolidays): boolean => !isWeekend(date) && !holidays.has(date);

/** The `n`th working day after `date`, `date` itself not counted; with `n` 0 the first one from `date` on. */
export function workingDayAfter(date: IsoDate, holidays: BankHolidays, n = 1): IsoDate {
  let day = n > 0 ? addDays(date, 1) : date;
  for (let left = Math.max(1, n); ; day = addDays(day, 1)) {
    if (isWorkingDay(day, holidays)) left -= 1;
    if (left === 0) return day;
  }
}

/** Working days after `from` up to and including `to`: 1 from a Friday to the Monday after. */
export function workingDaysBetween(from: IsoDate, to: IsoDate, holidays: BankHolidays): number {
  const days = Math.max(0, daysBetween(from, to));
  return Array.from({ length: days }, (_, index) => addDays(from, index + 1)).filter((day) =>
    isWorkingDay(day, holidays),
  ).length;
}

/** A known Monday: weekdays are counted from it. */
const monday = '2024-01-01';

function isWeekend(date: IsoDate): boolean {
  const weekday = ((daysBetween(monday, date) % 7) + 7) % 7;
  return weekday >= 5;
}
