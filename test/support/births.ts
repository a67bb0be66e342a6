import { expect } from '@jest/globals';
import type { Product } from './product';
import { putPlan } from './requests';

export interface BirthGiven {
  readonly nhsNumber: string;
  readonly motherNhsNumber?: string;
  readonly bornAt?: string;
  readonly birthOrder?: number;
  readonly numberOfBirths?: number;
  readonly stillborn?: boolean;
}

/** A single live birth on the morning of the day of the data. */
export const aBirth = (given: BirthGiven) => ({
  bornAt: '2026-11-23T04:10:00Z',
  birthOrder: 1,
  numberOfBirths: 1,
  stillborn: false,
  deliveryOrganisation: 'ZZ102',
  ...given,
});

/** Notifies a birth as the maternity system does. */
export async function notifyBirth(product: Pick<Product, 'call'>, given: BirthGiven): Promise<void> {
  const answer = await product.call('maternity-system', 'POST', '/births', { body: aBirth(given) });
  expect({ status: answer.status, body: answer.ok ? '' : await answer.text() }).toEqual({ status: 202, body: '' });
}

/** An unborn plan of the demo worker under the mother's number. */
export const putUnborn = (
  product: Pick<Product, 'call'>,
  given: { localId: string; nhsNumber: string; [field: string]: string },
): Promise<void> =>
  putPlan(product, {
    planType: 'UCPP',
    givenName: 'Mei',
    familyName: 'Ng',
    birthDate: '1998-02-03',
    expectedDeliveryDate: '2026-12-01',
    ...given,
  });
