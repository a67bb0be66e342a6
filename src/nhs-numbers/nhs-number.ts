/** What a given number is: ten valid digits, or the national record code with what to change (domain 8, 10). */
export type NhsNumberVerdict =
  | { readonly valid: true; readonly nhsNumber: string }
  | { readonly valid: false; readonly code: 'CPR04' | 'CPR07'; readonly message: string };

export interface NhsNumberRules {
  /** 999 numbers are never issued: accepted outside production only. */
  readonly testNumbersAllowed: boolean;
}

/** The number without its spaces of any kind. */
export const withoutSpaces = (given: string): string => given.replace(/\s+/gu, '');

/** Judges a number as somebody wrote it. CPR04: letters, or not 10 characters; CPR07: everything else (data/README). */
export function judgeNhsNumber(given: string, rules: NhsNumberRules): NhsNumberVerdict {
  const nhsNumber = withoutSpaces(given);
  if (nhsNumber === '') return refused('CPR04', 'is missing');
  if (/\p{L}/u.test(nhsNumber)) return refused('CPR04', 'has letters: it is not an NHS number of ten digits');
  if ([...nhsNumber].length !== 10) return refused('CPR04', 'is not ten digits long');
  if (!/^[0-9]{10}$/.test(nhsNumber)) return refused('CPR07', 'has characters that are not digits');
  if (!hasValidCheckDigit(nhsNumber)) return refused('CPR07', 'has a wrong check digit: a digit was mistyped');
  if (isTestNumber(nhsNumber) && !rules.testNumbersAllowed)
    return refused('CPR07', 'is a test number, which is never issued to a person');
  return { valid: true, nhsNumber };
}

/** Modulus 11 with weights 10…2; 11 counts as 0, and 10 makes the number invalid (domain 8). Takes ten digits. */
export function hasValidCheckDigit(tenDigits: string): boolean {
  let sum = 0;
  for (let index = 0; index < 9; index += 1) sum += Number(tenDigits[index]) * (10 - index);
  const expected = (11 - (sum % 11)) % 11;
  return expected === Number(tenDigits[9]);
}

export const isTestNumber = (nhsNumber: string): boolean => nhsNumber.startsWith('999');

/** As people read it: `943 476 5919`. */
export const shownNhsNumber = (nhsNumber: string): string =>
  `${nhsNumber.slice(0, 3)} ${nhsNumber.slice(3, 6)} ${nhsNumber.slice(6)}`;

const refused = (code: 'CPR04' | 'CPR07', what: string): NhsNumberVerdict => ({
  valid: false,
  code,
  message: `The NHS number ${what}.`,
});
