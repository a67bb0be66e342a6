import { describe, expect, it } from '@jest/globals';
import { spansOf } from './spans';
import { tellingSpans } from './telling-days';

const people = [
  { whose: 'the child', birthDate: '2009-02-10' },
  { whose: 'the mother', birthDate: '1996-01-01', expectedDeliveryDate: '2027-01-20' },
];
const startedAt = Date.parse('2026-12-01T10:00:00Z');
const until = (instant: string) => [{ place: 'a timer', startedAt, lasts: Date.parse(instant) - startedAt }];
const toldBy = (instant: string): string[] => tellingSpans(until(instant), people).map(({ day }) => day);

describe('the search for lengths of time that give a date away', () => {
  it.each([
    ['the expected delivery date', '2027-01-20T00:00:00Z', '2027-01-20'],
    ['an hour of it', '2027-01-20T15:30:00Z', '2027-01-20'],
    ['a few hours before it', '2027-01-19T20:00:00Z', '2027-01-20'],
    ['the reminder after it', '2027-02-03T09:00:00Z', '2027-02-03'],
    ['the end of its window', '2027-02-18T00:00:00Z', '2027-02-18'],
    ['the 18th birthday', '2027-02-10T00:00:00Z', '2027-02-10'],
  ])('finds a timer that ends on %s', (_what, instant, day) => expect(toldBy(instant)).toContain(day));

  it.each(['2027-01-22T12:00:00Z', '2026-12-31T10:00:00Z', '2027-03-01T00:00:00Z'])(
    'finds nothing in a timer that ends on no such day (%s)',
    (instant) => expect(toldBy(instant)).toEqual([]),
  );

  it('reads each length in a history, and no instant', () => {
    const lasts = { seconds: 30 * 86_400, nanos: 5e6 };
    const event = {
      eventTime: { seconds: startedAt / 1000, nanos: 0 },
      timerStartedEventAttributes: { startToFireTimeout: lasts },
      workflowExecutionStartedEventAttributes: { workflowExecutionExpirationTime: { seconds: 5, nanos: 0 } },
    };
    const spans = spansOf('a plan', [event]);
    expect(spans).toEqual([
      { place: expect.stringContaining('startToFireTimeout'), startedAt, lasts: 30 * 86_400_000 + 5 },
    ]);
  });
});
