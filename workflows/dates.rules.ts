/**
 * Calendar days as ISO dates (`2026-11-23`), London days wherever a rule of the domain speaks of a day.
 * Counted as whole UTC days: no clock, no time zone, no daylight saving can shift one.
 */
export type IsoDate = string;

const msPerDay = 86_400_000;
const months = 'January February March April May June July August September October November December'.split(' ');

/** True for a date that exists, written `YYYY-MM-DD`; false for anything else (`2026-02-29`, `2026-2-3`, a number). */
export function isRealDate(value: unknown): value is IsoDate {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const [year, month, day] = partsOf(value);
  const at = new Date(Date.UTC(year, month - 1, day));
  return at.getUTCFullYear() === year && at.getUTCMonth() === month - 1 && at.getUTCDate() === day;
}

/** The date `days` later (earlier when negative). */
export const addDays = (date: IsoDate, days: number): IsoDate => isoDate(dayNumber(date) + days);

/** Whole days from `from` to `to`; negative when `to` is the earlier one. */
export const daysBetween = (from: IsoDate, to: IsoDate): number => dayNumber(to) - dayNumber(from);

/** The 18th birthday; of a birth on 29 February: 1 March (domain 2). */
export const eighteenthBirthday = (birthDate: IsoDate): IsoDate => birthday(birthDate, 18);

/** As a person writes it: `3 June 2026`. */
export function inWords(date: IsoDate): string {
  const [year, month, day] = partsOf(date);
  return `${day} ${months[month - 1]} ${year}`;
}

/** The earlier of the dates that are known; undefined when none is. */
export const earliest = (...dates: readonly (IsoDate | undefined)[]): IsoDate | undefined =>
  dates.filter((date) => date !== undefined).sort()[0];

function birthday(birthDate: IsoDate, age: number): IsoDate {
  const [year, month, day] = partsOf(birthDate);
  const same = `${String(year + age).padStart(4, '0')}-${birthDate.slice(5)}`;
  if (isRealDate(same)) return same;
  return isoDate(Date.UTC(year + age, month - 1, day) / msPerDay);
}

const isoDate = (day: number): IsoDate => new Date(day * msPerDay).toISOString().slice(0, 10);

function dayNumber(date: IsoDate): number {
  const [year, month, day] = partsOf(date);
  return Date.UTC(year, month - 1, day) / msPerDay;
}

function partsOf(date: IsoDate): readonly [year: number, month: number, day: number] {
  return [Number(date.slice(0, 4)), Number(date.slice(5, 7)), Number(date.slice(8, 10))];
}
