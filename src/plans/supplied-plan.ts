import { hash } from 'node:crypto';
import type { EndReason } from '../../workflows/child-plan/visibility.rules';

/** The columns of a plan as an authority sends it, in the order of a file (data/README). */
export const planColumns = [
  'local_id',
  'plan_type',
  'nhs_number',
  'family_name',
  'given_name',
  'birth_date',
  'start_date',
  'end_date',
  'expected_delivery_date',
  'worker_ref',
  'team_ref',
  'end_reason',
] as const;
export type PlanColumn = (typeof planColumns)[number];

/** A row as it came: an empty text is an absent value. */
export type PlanRow = Readonly<Record<PlanColumn, string>>;

/** A row that passed: dates are ISO, the number has ten digits, absent values are null. */
export interface SuppliedPlan {
  readonly localId: string;
  readonly type: 'CPP' | 'LAC' | 'UCPP';
  readonly nhsNumber: string;
  readonly familyName: string;
  readonly givenName: string;
  readonly birthDate: string;
  readonly startDate: string;
  readonly endDate: string | null;
  readonly endReason: EndReason | null;
  readonly expectedDeliveryDate: string | null;
  readonly workerRef: string | null;
  readonly teamRef: string | null;
}

/** No value holds it: control characters are refused. */
const separator = '\u001f';

/** 16 bytes, equal exactly when two rows say the same of a plan; its local id is the key and not part of it. */
export const contentHashOf = (plan: SuppliedPlan): Buffer =>
  hash('sha256', inFixedOrder(plan).join(separator), 'buffer').subarray(0, 16);

const inFixedOrder = (content: SuppliedPlan): readonly (string | null)[] => [
  content.type,
  content.nhsNumber,
  content.familyName,
  content.givenName,
  content.birthDate,
  content.startDate,
  content.endDate,
  content.endReason,
  content.expectedDeliveryDate,
  content.workerRef,
  content.teamRef,
];
