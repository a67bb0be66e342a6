import { addDays, eighteenthBirthday } from '../../workflows/dates.rules';
import { startOfLondonDay } from '../../src/platform/clock';

/** How long something takes by what stands in clear: a timer, a delay, a time-out. Milliseconds. */
export interface Span {
  readonly place: string;
  readonly startedAt: number;
  readonly lasts: number;
}

/** The personal dates of somebody, ISO. */
export interface PersonalDates {
  readonly whose: string;
  readonly birthDate: string;
  readonly expectedDeliveryDate?: string;
}

export interface Telling {
  readonly place: string;
  readonly whose: string;
  /** The day that it would give away, ISO. */
  readonly day: string;
}

const dayMs = 86_400_000;

/** Days from which a birth date or an EDD follows by a rule of the domain (2 and 6). */
export const tellingDays = ({ birthDate, expectedDeliveryDate: due }: PersonalDates): readonly string[] => [
  eighteenthBirthday(birthDate),
  addDays(eighteenthBirthday(birthDate), -1),
  ...(due === undefined ? [] : [0, 14, 28, 29].map((days) => addDays(due, days))),
];

/** The spans whose end falls on such a day, or less than half a day from it; and the spans that are one themselves. */
export function tellingSpans(spans: readonly Span[], people: readonly PersonalDates[]): Telling[] {
  const days = people.flatMap((person) => tellingDays(person).map((day) => ({ whose: person.whose, day })));
  return spans.flatMap(({ place, startedAt, lasts }) =>
    days.filter(({ day }) => endsOn(startedAt + lasts, day)).map(({ whose, day }): Telling => ({ place, whose, day })),
  );
}

/** Within the day or half a day of it: a timer that is a few hours off gives the day away all the same. */
const endsOn = (at: number, day: string): boolean => {
  const start = startOfLondonDay(day);
  return at >= start - dayMs / 2 && at < start + dayMs * 1.5;
};
