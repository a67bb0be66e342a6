import { expect, test } from '@jest/globals';
import { londonDay, startOfLondonDay } from './clock';

const inLondon = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/London' });
const hourMs = 3_600_000;

test('knows the London day of hours all over two years, whichever day was asked for before', () => {
  const from = Date.UTC(2026, 0, 1);
  const wrong = Array.from(
    { length: 2 * 365 * 24 },
    (_, hour) => from + ((hour * 7919) % (2 * 365 * 24)) * hourMs,
  ).filter((at) => londonDay(at) !== inLondon.format(at));
  expect(wrong).toEqual([]);
});

test.each(['2026-03-29', '2026-03-30', '2026-10-25', '2026-10-26', '2027-01-01'])(
  'begins %s at its midnight in London and not a millisecond before',
  (day) => {
    const begins = startOfLondonDay(day);
    expect([londonDay(begins), londonDay(begins - 1) < day]).toEqual([day, true]);
  },
);
