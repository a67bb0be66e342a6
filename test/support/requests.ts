import { expect } from '@jest/globals';
import type { Product } from './product';

/** The n-th valid number of the never-issued 999 range; the numbers of a suite do not meet those of the demo data's. */
export function testNumber(n: number): string {
  for (let body = 999_000_000 + n * 11; ; body += 1) {
    const nine = String(body);
    const sum = [...nine].reduce((total, digit, index) => total + Number(digit) * (10 - index), 0);
    const digit = (11 - (sum % 11)) % 11;
    if (digit < 10) return `${nine}${digit}`;
  }
}

/** A system's check from the emergency department: plainly unscheduled. */
export const plainCheck = (nhsNumber: string) => ({
  nhsNumber,
  organisation: 'ZZ101',
  setting: 'emergency-department',
  clinician: { id: 'ew-1', name: 'Dr Emma Ward', role: 'Registrar' },
});

export interface PlanGiven {
  readonly localId: string;
  readonly nhsNumber: string;
  readonly authority?: string;
  readonly as?: string;
  readonly [field: string]: string | undefined;
}

/** Supplies one plan by `PUT`, as the authority's system does. A CPP of a child of ten, allocated to the demo worker. */
export async function putPlan(
  product: Pick<Product, 'call'>,
  { localId, authority = 'E06000016', as = 'leicester-system', ...given }: PlanGiven,
): Promise<void> {
  const plan = {
    planType: 'CPP',
    familyName: 'Example',
    givenName: 'Ash',
    birthDate: '2016-05-06',
    startDate: '2026-01-05',
    workerRef: 'W001',
    teamRef: 'T01',
    ...given,
  };
  const answer = await product.call(as, 'PUT', `/authorities/${authority}/plans/${localId}`, { body: plan });
  expect({ status: answer.status, body: answer.ok ? '' : await answer.text() }).toEqual({ status: 200, body: '' });
}
