import { Injectable } from '@nestjs/common';
import { Temporal } from 'temporal-polyfill';
import { Config } from './config';

const london = 'Europe/London';

/** A London day, and the instants (epoch milliseconds) at which it and the next one begin. */
interface Day {
  readonly day: string;
  readonly from: number;
  readonly until: number;
}
let last: Day = { day: '', from: 0, until: 0 };

/** The London calendar day (ISO date) of an instant in epoch milliseconds. */
export const londonDay = (at: number): string => {
  // each check asks, and nearly always about the same day: the calendar costs as much as validating the request
  if (at < last.from || at >= last.until) last = dayAround(at);
  return last.day;
};

const dayAround = (at: number): Day => {
  const begins = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(london).startOfDay();
  const until = begins.add({ days: 1 }).epochMilliseconds;
  return { day: begins.toPlainDate().toString(), from: begins.epochMilliseconds, until };
};

/** The instant (epoch milliseconds) at which a London day begins. */
export const startOfLondonDay = (day: string): number =>
  Temporal.PlainDate.from(day).toZonedDateTime({ timeZone: london }).epochMilliseconds;

/** The instant (epoch milliseconds) of a London wall-clock time, `HH:MM`, on a day; a skipped hour moves forward. */
export const londonInstant = (day: string, time: string): number =>
  Temporal.PlainDate.from(day).toZonedDateTime({ timeZone: london, plainTime: time }).epochMilliseconds;

/** The only source of time: SQL gets its instants from here, so that tests move every clock together. */
@Injectable()
export class Clock {
  private offsetMs: number;

  constructor(config: Config) {
    this.offsetMs = config.clockOffsetMs;
  }

  /** Epoch milliseconds. */
  now(): number {
    return Date.now() + this.offsetMs;
  }

  instant(): Date {
    return new Date(this.now());
  }

  /** London ISO date. */
  today(): string {
    return londonDay(this.now());
  }

  /** For tests: moves this clock by so many milliseconds. */
  advance(ms: number): void {
    this.offsetMs += ms;
  }
}
