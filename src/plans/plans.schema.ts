import { z } from 'zod';
import type { PlanColumn, PlanRow } from './supplied-plan';

const cell = z.string().max(1000).nullish();

/** `PUT /authorities/{gss}/plans/{localId}`: one row, with the rules of a row of a file (data/README). */
export const planBody = z
  .object({
    planType: cell.describe('CPP, LAC or UCPP.'),
    nhsNumber: cell.describe('The child’s; for UCPP the mother’s. Spaces are allowed.'),
    familyName: cell,
    givenName: cell,
    birthDate: cell.describe('ISO 8601; for UCPP the mother’s.'),
    startDate: cell,
    endDate: cell.describe('Absent while open.'),
    endReason: cell.describe('A reason of the list (domain 20), such as loss-of-pregnancy.'),
    expectedDeliveryDate: cell.describe('UCPP only, required there.'),
    workerRef: cell.describe('The authority’s reference of the allocated worker.'),
    teamRef: cell,
  })
  .strict();
export type PlanBody = z.infer<typeof planBody>;

/** Name of the field in JSON → column of a file. */
const columns = {
  planType: 'plan_type',
  nhsNumber: 'nhs_number',
  familyName: 'family_name',
  givenName: 'given_name',
  birthDate: 'birth_date',
  startDate: 'start_date',
  endDate: 'end_date',
  endReason: 'end_reason',
  expectedDeliveryDate: 'expected_delivery_date',
  workerRef: 'worker_ref',
  teamRef: 'team_ref',
} as const satisfies Record<keyof PlanBody, PlanColumn>;

export const rowOf = (localId: string, body: PlanBody): PlanRow =>
  Object.fromEntries([
    ['local_id', localId],
    ...Object.entries(columns).map(([field, column]) => [column, body[field as keyof PlanBody] ?? '']),
  ]) as PlanRow;

export const fieldOf = (column: PlanColumn): string =>
  Object.entries(columns).find(([, name]) => name === column)?.[0] ?? 'localId';

const planState = z.enum(['active', 'ended', 'expired-unresolved', 'out-of-sight']);

export const planSupplied = z.object({
  localId: z.string(),
  code: z.literal('CPR06'),
  field: z.null(),
  message: z.string(),
  warnings: z.array(z.string()).describe('Unlikely, or routed to somebody else: nothing was refused.'),
  effect: z.enum(['recorded', 'amended', 'ended', 'unchanged']),
  version: z.int(),
  state: planState,
});
export type PlanSupplied = z.infer<typeof planSupplied>;

const facts = z.record(z.string(), z.unknown()).nullable();

export const planView = z.object({
  localId: z.string(),
  planType: z.enum(['CPP', 'LAC', 'UCPP']),
  nhsNumber: z.string().describe('Ten digits.'),
  formerNumbers: z.array(z.string()).describe('In sight until a person confirms the change of number.'),
  familyName: z.string(),
  givenName: z.string(),
  birthDate: z.iso.date(),
  startDate: z.iso.date(),
  endDate: z.iso.date().nullable(),
  endReason: z.string().nullable(),
  expectedDeliveryDate: z.iso.date().nullable(),
  workerRef: z.string().nullable(),
  teamRef: z.string().nullable(),
  version: z.int(),
  state: planState,
  recordedAt: z.iso.datetime(),
  changedAt: z.iso.datetime(),
  history: z.array(
    z.object({
      version: z.int(),
      kind: z.string(),
      at: z.iso.datetime(),
      by: z.string(),
      uploadSequence: z.int().nullable(),
      was: facts,
      became: facts,
    }),
  ),
});
export type PlanView = z.infer<typeof planView>;
