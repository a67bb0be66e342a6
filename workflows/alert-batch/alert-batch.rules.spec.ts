import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import {
  afterRound,
  beforeRaising,
  detailsOf,
  isBatchRequest,
  mostIdleRounds,
  mostRounds,
  nextRound,
  resultOf,
  slotOf,
} from './alert-batch.rules';

const planned = new Date('2026-11-23T06:00:00Z');
const started = new Date('2026-11-23T06:00:04Z');

describe('the slot of a batch', () => {
  it('is the one asked for, else the planned time, else the time of starting', () => {
    expect(slotOf({ authority: 'E06000016', slot: 'now' }, planned, started)).toBe('now');
    expect(slotOf({ authority: 'E06000016' }, planned, started)).toBe('2026-11-23T06:00:00.000Z');
    expect(slotOf({ authority: 'E06000016' }, undefined, started)).toBe('2026-11-23T06:00:04.000Z');
  });

  it('belongs to an authority that is named', () => {
    expect(isBatchRequest({ authority: 'E06000016' })).toBe(true);
    for (const garbage of [undefined, null, 'E06000016', {}, { authority: '' }, { authority: 'E06000016', slot: 7 }])
      expect(isBatchRequest(garbage)).toBe(false);
  });
});

describe('raising', () => {
  it('goes on at once while it makes headway, and is done when nothing is left', () => {
    expect(nextRound(afterRound(beforeRaising, { raised: 100, left: 20 }))).toBe('at-once');
    expect(nextRound(afterRound(beforeRaising, { raised: 20, left: 0 }))).toBe('done');
    expect(nextRound(afterRound(beforeRaising, { raised: 0, left: 0 }))).toBe('done');
  });

  it('pauses after a round that raised nothing, and gives up after many', () => {
    let raising = afterRound(beforeRaising, { raised: 0, left: 5 });
    expect(nextRound(raising)).toBe('after-a-pause');
    for (let round = 1; round < mostIdleRounds; round++) raising = afterRound(raising, { raised: 0, left: 5 });
    expect(nextRound(raising)).toBe('stuck');
    expect(nextRound(afterRound({ ...raising, idleRounds: 3 }, { raised: 1, left: 4 }))).toBe('at-once');
  });

  it('always comes to an end', () => {
    fc.assert(
      fc.property(fc.infiniteStream(fc.record({ raised: fc.nat(2), left: fc.nat(9) })), (rounds) => {
        let raising = beforeRaising;
        for (const round of rounds) {
          raising = afterRound(raising, round);
          if (['done', 'stuck'].includes(nextRound(raising))) break;
        }
        expect(raising.rounds).toBeLessThanOrEqual(mostRounds);
      }),
      { numRuns: 20 },
    );
    expect(nextRound({ rounds: mostRounds, idleRounds: 0, left: 1 })).toBe('stuck');
  });
});

describe('what a batch shows', () => {
  const progress = { slot: 'now', notices: 3, alerts: 2, stage: 'raising' } as const;

  it('is counts alone', () => {
    expect(detailsOf(progress)).toBe('Slot now: raising. 3 notices, 2 alerts.');
    expect(resultOf(progress)).toEqual({ slot: 'now', notices: 3, alerts: 2 });
  });
});
