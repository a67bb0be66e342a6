import { describe, expect, it } from '@jest/globals';
import { Problem } from '../platform/problems/problem';
import { birthOf, isSameBirth } from './birth';
import type { BirthNotification } from './births.schema';

const rules = { now: Date.parse('2026-11-23T12:00:00Z'), testNumbersAllowed: true };
const said: BirthNotification = {
  nhsNumber: '900 000 0009',
  motherNhsNumber: '9000000025',
  bornAt: '2026-11-23T05:10:00+01:00',
  birthOrder: 1,
  numberOfBirths: 2,
  stillborn: false,
  deliveryOrganisation: 'ZZ102',
};
const faults = (changes: Partial<BirthNotification>): unknown => {
  try {
    return birthOf({ ...said, ...changes }, rules);
  } catch (error) {
    return error instanceof Problem ? (error.details.errors?.map(({ field }) => field) ?? error.type) : error;
  }
};

describe('a notified birth', () => {
  it('is taken with its numbers without spaces and its instant in UTC', () => {
    expect(birthOf(said, rules)).toMatchObject({ nhsNumber: '9000000009', bornAt: '2026-11-23T04:10:00.000Z' });
  });

  it('is the same however it is written, and another when anything differs', () => {
    const birth = birthOf(said, rules);
    expect(
      isSameBirth(birth, birthOf({ ...said, nhsNumber: '9000000009', bornAt: '2026-11-23T04:10:00Z' }, rules)),
    ).toBe(true);
    expect(isSameBirth(birth, birthOf({ ...said, stillborn: true }, rules))).toBe(false);
  });

  it.each<[Partial<BirthNotification>, unknown]>([
    [{ motherNhsNumber: undefined }, 'mother-number-missing'],
    [{ motherNhsNumber: ' ' }, 'mother-number-missing'],
    [{ motherNhsNumber: '9000000000' }, ['motherNhsNumber']],
    [{ nhsNumber: '9912003899' }, ['nhsNumber']],
    [{ nhsNumber: '9000000025' }, ['nhsNumber']],
    [{ birthOrder: 3 }, ['birthOrder']],
    [{ bornAt: '2026-11-23T12:11:00Z' }, ['bornAt']],
  ])('is refused when %j', (changes, expected) => {
    expect(faults(changes)).toEqual(expected);
  });
});
