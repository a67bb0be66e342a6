import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { fold } from './folding.rules';

const hour = 3_600_000;
const start = Date.parse('2026-11-20T08:00:00Z');
const access = (hours: number, clinicianId = 'asha', organisation = 'ZZ101') => ({
  at: new Date(start + hours * hour).toISOString(),
  clinicianId,
  organisation,
});

describe('repeat views', () => {
  it('by one clinician at one organisation within 24 hours are one line', () => {
    const [line, ...others] = fold([access(24), access(3), access(0)]);
    expect(others).toEqual([]);
    expect(line).toEqual({
      firstAt: access(0).at,
      lastAt: access(24).at,
      views: 3,
      accesses: [access(24), access(3), access(0)],
    });
  });

  it('begin a new line when 24 hours have passed since the line began, not since its last view', () => {
    expect(fold([access(25), access(24), access(0)]).map(({ views }) => views)).toEqual([1, 2]);
  });

  it('by another clinician, or at another organisation, are lines of their own, the newest first', () => {
    const lines = fold([access(0), access(1, 'ben'), access(2, 'asha', 'ZZ102'), access(3)]);
    expect(lines.map(({ lastAt }) => lastAt)).toEqual([access(3).at, access(2).at, access(1).at]);
  });

  it('keep whatever else an access carries, and are none for none', () => {
    expect(fold([{ ...access(0), role: 'Midwife' }])[0]?.accesses[0]?.role).toBe('Midwife');
    expect(fold([])).toEqual([]);
  });

  it('are not mixed up by names that join to the same text', () => {
    expect(fold([access(0, 'a', 'bc'), access(1, 'ab', 'c')])).toHaveLength(2);
  });
});

const anyAccesses = fc
  .array(
    fc.record({
      hours: fc.integer({ min: 0, max: 400 }),
      who: fc.constantFrom('a', 'b'),
      where: fc.constantFrom('x', 'y'),
    }),
    { maxLength: 60 },
  )
  .map((drawn) => drawn.map(({ hours, who, where }, id) => ({ ...access(hours / 4, who, where), id })));
const shape = (lines: ReturnType<typeof fold>) =>
  lines.map(({ firstAt, lastAt, views }) => [firstAt, lastAt, views].join()).sort();
const msOf = (at: string) => Date.parse(at);

describe('any history', () => {
  it('has each access in exactly one line, and counts it', () => {
    fc.assert(
      fc.property(anyAccesses, (accesses) => {
        const lines = fold(accesses);
        expect(lines.flatMap((line) => line.accesses.map(({ id }) => id)).sort()).toEqual(
          accesses.map(({ id }) => id).sort(),
        );
        for (const line of lines) expect(line.views).toBe(line.accesses.length);
      }),
    );
  });

  it('has no line of two people or places, or longer than 24 hours', () => {
    fc.assert(
      fc.property(anyAccesses, (accesses) => {
        for (const { accesses: views, firstAt, lastAt } of fold(accesses)) {
          expect(new Set(views.map(({ clinicianId, organisation }) => clinicianId + organisation)).size).toBe(1);
          expect(msOf(lastAt) - msOf(firstAt)).toBeLessThanOrEqual(24 * hour);
        }
      }),
    );
  });

  it('begins lines of one person and place more than 24 hours apart', () => {
    fc.assert(
      fc.property(anyAccesses, (accesses) => {
        const mine = fold(accesses).filter(
          ({ accesses: [view] }) => view?.clinicianId === 'a' && view.organisation === 'x',
        );
        const begun = mine.map(({ firstAt }) => msOf(firstAt)).sort((a, b) => a - b);
        begun.slice(1).forEach((at, index) => expect(at - (begun[index] ?? 0)).toBeGreaterThan(24 * hour));
      }),
    );
  });

  it('is folded alike in whatever order it comes', () => {
    fc.assert(
      fc.property(anyAccesses, (accesses) => {
        expect(shape(fold(accesses.toReversed()))).toEqual(shape(fold(accesses)));
      }),
    );
  });
});
