import { judgeNhsNumber } from '../nhs-numbers/nhs-number';
import { Problem, type FieldError } from '../platform/problems/problem';
import type { BirthNotification } from './births.schema';

/** A notification that passed: numbers have ten digits, `bornAt` is ISO 8601 UTC. Flat JSON: it can be sealed. */
export interface Birth {
  readonly nhsNumber: string;
  readonly motherNhsNumber: string;
  readonly bornAt: string;
  readonly birthOrder: number;
  readonly numberOfBirths: number;
  readonly stillborn: boolean;
  readonly deliveryOrganisation: string;
}

interface Rules {
  /** Epoch milliseconds. */
  readonly now: number;
  readonly testNumbersAllowed: boolean;
}

/** Clocks of two systems differ: a birth may be this far ahead of ours. */
const toleranceMs = 10 * 60_000;

/** Rejects with `mother-number-missing`, or `invalid-request` naming each field. */
export function birthOf(notification: BirthNotification, { now, testNumbersAllowed }: Rules): Birth {
  const { motherNhsNumber = '', ...said } = notification;
  if (motherNhsNumber.trim() === '') throw new Problem('mother-number-missing', { field: 'motherNhsNumber' });
  const baby = judgeNhsNumber(said.nhsNumber, { testNumbersAllowed });
  const mother = judgeNhsNumber(motherNhsNumber, { testNumbersAllowed });
  const errors: FieldError[] = [
    ...(baby.valid ? [] : [{ field: 'nhsNumber', message: baby.message }]),
    ...(mother.valid ? [] : [{ field: 'motherNhsNumber', message: mother.message }]),
  ];
  if (baby.valid && mother.valid && baby.nhsNumber === mother.nhsNumber)
    errors.push({ field: 'nhsNumber', message: 'The baby has a number of its own, not the mother’s.' });
  if (said.birthOrder > said.numberOfBirths)
    errors.push({ field: 'birthOrder', message: 'There are fewer births than this order says.' });
  if (Date.parse(said.bornAt) > now + toleranceMs)
    errors.push({ field: 'bornAt', message: 'The birth is in the future.' });
  if (errors.length > 0 || !baby.valid || !mother.valid) throw new Problem('invalid-request', { errors });
  return {
    nhsNumber: baby.nhsNumber,
    motherNhsNumber: mother.nhsNumber,
    bornAt: new Date(said.bornAt).toISOString(),
    birthOrder: said.birthOrder,
    numberOfBirths: said.numberOfBirths,
    stillborn: said.stillborn,
    deliveryOrganisation: said.deliveryOrganisation,
  };
}

/** True when two notifications say the same, whatever the order of their fields. */
export const isSameBirth = (one: Birth, other: Birth): boolean =>
  Object.entries(one).every(([field, value]) => other[field as keyof Birth] === value);
