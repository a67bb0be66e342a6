import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { Config } from '../platform/config';
import type { Birth } from './birth';
import { BirthSeal } from './birth-seal';

const key = (id: string): string => `${id}:${randomBytes(32).toString('base64')}`;
const [older, newer] = [key('older'), key('newer')];
const sealWith = (...keys: string[]): BirthSeal =>
  new BirthSeal(new Config({ NODE_ENV: 'test', ENCRYPTION_KEYS: keys.join(',') }));
const birth: Birth = {
  nhsNumber: '9000000009',
  motherNhsNumber: '9000000025',
  bornAt: '2026-11-23T04:10:00.000Z',
  birthOrder: 1,
  numberOfBirths: 1,
  stillborn: false,
  deliveryOrganisation: 'ZZ102',
};

describe('the seal of a birth that concerns nobody yet', () => {
  it('opens to what was sealed, and shows nothing of it', () => {
    const sealed = sealWith(newer).seal(birth);
    expect(sealed.toString('latin1')).not.toMatch(/9000000|2026|ZZ102/);
    expect(sealWith(newer).open(sealed)).toEqual(birth);
  });

  it('is found and opened again after a newer key has come', () => {
    const before = sealWith(older);
    const after = sealWith(newer, older);
    expect(after.open(before.seal(birth))).toEqual(birth);
    expect(after.hashesOf(birth.motherNhsNumber)).toContainEqual(before.hashOf(birth.motherNhsNumber));
    expect(after.hashOf(birth.motherNhsNumber)).not.toEqual(before.hashOf(birth.motherNhsNumber));
  });

  it('does not open when it was altered, or under a key that is not known', () => {
    const sealed = sealWith(newer).seal(birth);
    const altered = Buffer.from(sealed);
    altered[altered.length - 20] = (altered[altered.length - 20] ?? 0) ^ 1;
    expect(() => sealWith(newer).open(altered)).toThrow();
    expect(() => sealWith(older).open(sealed)).toThrow(/not known/);
  });
});
