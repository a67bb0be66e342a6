import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { hasValidCheckDigit, judgeNhsNumber, shownNhsNumber } from './nhs-number';

const outsideProduction = { testNumbersAllowed: true };
const inProduction = { testNumbersAllowed: false };
const codeOf = (given: string, rules = outsideProduction): string => {
  const verdict = judgeNhsNumber(given, rules);
  return verdict.valid ? 'valid' : verdict.code;
};

/** The same rule, formulated without subtraction and without the two special cases. */
const sumIsMultiple = (digits: readonly number[]): boolean =>
  digits.reduce((sum, digit, index) => sum + digit * (10 - index), 0) % 11 === 0;

describe('an NHS number', () => {
  it.each(['9000000009', '9000000025', '9000000033', '9449306753', '9434765919', '9999999999'])(
    'accepts the valid sample %s',
    (sample) => expect(codeOf(sample)).toBe('valid'),
  );

  it.each(['9000000000', '9912003899', '9990000000'])('refuses the invalid sample %s with CPR07', (sample) =>
    expect(codeOf(sample)).toBe('CPR07'),
  );

  it('is valid exactly when the weighted sum of all ten digits is a multiple of eleven', () => {
    const digits = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 10, maxLength: 10 });
    fc.assert(
      fc.property(digits, (ten) => hasValidCheckDigit(ten.join('')) === sumIsMultiple(ten)),
      { numRuns: 2000 },
    );
  });

  it('has at most one check digit, and none where the remainder asks for ten', () => {
    const nine = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 9, maxLength: 9 });
    fc.assert(
      fc.property(nine, (digits) => {
        const sum = digits.reduce((total, digit, index) => total + digit * (10 - index), 0);
        const fitting = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].filter((last) =>
          hasValidCheckDigit(`${digits.join('')}${last}`),
        );
        return fitting.length === (sum % 11 === 1 ? 0 : 1);
      }),
    );
  });

  it('notices every single mistyped digit', () => {
    const mistake = fc.record({ at: fc.integer({ min: 0, max: 9 }), by: fc.integer({ min: 1, max: 9 }) });
    fc.assert(
      fc.property(mistake, ({ at, by }) => {
        const digits = [...'9434765919'];
        digits[at] = String((Number(digits[at]) + by) % 10);
        return codeOf(digits.join('')) === 'CPR07';
      }),
    );
  });

  it('is read with spaces of any kind', () => {
    expect(judgeNhsNumber(' 943 476\u00a05919\t', outsideProduction)).toEqual({ valid: true, nhsNumber: '9434765919' });
  });

  it.each(['', '   ', 'ABCD9991', '943476591', '94347659190', 'A434765919', '943-476-5919', 'é434765919'])(
    'answers CPR04 for «%s»: letters, or not ten characters',
    (given) => expect(codeOf(given)).toBe('CPR04'),
  );

  it.each(['943-476591', '٩٤٣٤٧٦٥٩١٩', '+434765919', '943476591.'])(
    'answers CPR07 for «%s»: ten characters, no letter, not ten digits',
    (given) => expect(codeOf(given)).toBe('CPR07'),
  );

  it('is refused in production alone when it comes from the test range', () => {
    expect(codeOf('9999999999', inProduction)).toBe('CPR07');
    expect(codeOf('9999999999', outsideProduction)).toBe('valid');
    expect(codeOf('9434765919', inProduction)).toBe('valid');
  });

  it('is shown 3-3-4', () => expect(shownNhsNumber('9434765919')).toBe('943 476 5919'));
});
