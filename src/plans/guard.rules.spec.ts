import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { isSurelyAllowed, mustWait } from './guard.rules';

describe('the guard', () => {
  it.each([
    [5, 0, false],
    [5, 20, false],
    [6, 20, true],
    [6, 299, true],
    [6, 300, false],
    [200, 10_000, false],
    [201, 10_000, true],
  ])('of %i ends among %i live plans holds them: %s', (ends, live, held) => expect(mustWait(ends, live)).toBe(held));

  it('never holds what is surely allowed', () => {
    fc.assert(
      fc.property(fc.nat(500), fc.nat(500_000), (ends, live) => !(isSurelyAllowed(ends) && mustWait(ends, live))),
    );
  });
});
