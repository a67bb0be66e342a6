import { isRealDate } from '../../workflows/dates.rules';
import { endReasons, type EndReason } from '../../workflows/child-plan/visibility.rules';
import { judgeNhsNumber, withoutSpaces } from '../nhs-numbers/nhs-number';
import type { PlanColumn, PlanRow, SuppliedPlan } from './supplied-plan';

/** What a row is judged against. `today` is a London day. */
export interface RowRules {
  readonly today: string;
  readonly testNumbersAllowed: boolean;
}

export type RowCode = 'CPR04' | 'CPR06' | 'CPR07';
export interface RowFault {
  readonly code: 'CPR04' | 'CPR07';
  readonly field: PlanColumn;
  /** What to change, one sentence. */
  readonly message: string;
}
export type RowVerdict = { readonly plan: SuppliedPlan } | { readonly fault: RowFault };

type Check = (row: PlanRow, rules: RowRules) => string | RowFault | undefined;
const longest = { name: 200, reference: 100 };
const earliestDay = '1900-01-01';

/** The first failing column is the row's answer, in the order of data/README; then the columns that it does not name. */
const checks: readonly (readonly [PlanColumn, Check])[] = [
  ['local_id', (row) => missing(row.local_id) ?? misfit(row.local_id, longest.reference)],
  ['plan_type', ({ plan_type: type }) => (isPlanType(type) ? undefined : 'must be CPP, LAC or UCPP')],
  ['nhs_number', (row, rules) => numberFault(row.nhs_number, rules)],
  ['family_name', (row) => missing(row.family_name) ?? misfit(row.family_name, longest.name)],
  [
    'birth_date',
    (row, { today }) => missing(row.birth_date) ?? notADay(row.birth_date) ?? inFuture(row.birth_date, today),
  ],
  ['start_date', (row) => missing(row.start_date) ?? notADay(row.start_date)],
  ['end_date', (row) => (row.end_date === '' ? undefined : (notADay(row.end_date) ?? beforeStart(row)))],
  [
    'expected_delivery_date',
    (row) => (row.plan_type === 'UCPP' ? dueDateFault(row.expected_delivery_date) : undefined),
  ],
  ['given_name', (row) => misfit(row.given_name, longest.name)],
  ['worker_ref', (row) => misfit(row.worker_ref, longest.reference)],
  ['team_ref', (row) => misfit(row.team_ref, longest.reference)],
];

/** Judges one row by the rules that can reject it (data/README, "Answers"). Plausibility is not among them: it warns. */
export function judgeRow(given: PlanRow, rules: RowRules): RowVerdict {
  const row = tidied(given);
  for (const [field, check] of checks) {
    const found = check(row, rules);
    if (typeof found === 'string') return { fault: { code: 'CPR07', field, message: `${field} ${found}.` } };
    if (found) return { fault: found };
  }
  return { plan: supplied(row) };
}

/** A reason as people write it (`Loss of pregnancy`) or its code; null when it is none of domain 20. */
export function endReasonIn(given: string): EndReason | null {
  const code = given
    .trim()
    .toLowerCase()
    .replace(/[\s_]+/gu, '-');
  return endReasons.find((reason) => reason === code) ?? null;
}

/** Names keep their letters: only the spaces around and between them are tidied, and the Unicode form is one (NFC). */
export const tidied = (row: PlanRow): PlanRow => ({
  local_id: row.local_id.trim().normalize('NFC'),
  plan_type: row.plan_type.trim().toUpperCase(),
  nhs_number: row.nhs_number,
  family_name: tidyName(row.family_name),
  given_name: tidyName(row.given_name),
  birth_date: row.birth_date.trim(),
  start_date: row.start_date.trim(),
  end_date: row.end_date.trim(),
  expected_delivery_date: row.expected_delivery_date.trim(),
  worker_ref: row.worker_ref.trim(),
  team_ref: row.team_ref.trim(),
  end_reason: row.end_reason.trim(),
});

const tidyName = (name: string): string => name.trim().replace(/\s+/gu, ' ').normalize('NFC');
const isPlanType = (type: string): boolean => type === 'CPP' || type === 'LAC' || type === 'UCPP';
const missing = (value: string): string | undefined => (value === '' ? 'is missing' : undefined);
const notADay = (value: string): string | undefined =>
  isRealDate(value) && value >= earliestDay ? undefined : 'must be a day that exists, written YYYY-MM-DD';
const inFuture = (value: string, today: string): string | undefined => (value > today ? 'is in the future' : undefined);
const beforeStart = (row: PlanRow): string | undefined =>
  row.end_date < row.start_date ? 'is before start_date' : undefined;
const dueDateFault = (value: string): string | undefined =>
  value === '' ? 'is missing: an unborn plan (UCPP) needs it' : notADay(value);

function misfit(value: string, longestAllowed: number): string | undefined {
  if (value.length > longestAllowed) return `is longer than ${longestAllowed} characters`;
  return /\p{Cc}/u.test(value) ? 'has a control character' : undefined;
}

function numberFault(given: string, rules: RowRules): RowFault | undefined {
  const verdict = judgeNhsNumber(given, rules);
  return verdict.valid ? undefined : { code: verdict.code, field: 'nhs_number', message: verdict.message };
}

function supplied(row: PlanRow): SuppliedPlan {
  const type = row.plan_type as SuppliedPlan['type']; // checked before
  return {
    localId: row.local_id,
    type,
    nhsNumber: withoutSpaces(row.nhs_number),
    familyName: row.family_name,
    givenName: row.given_name,
    birthDate: row.birth_date,
    startDate: row.start_date,
    endDate: row.end_date || null,
    endReason: row.end_date === '' ? null : endReasonIn(row.end_reason),
    expectedDeliveryDate: type === 'UCPP' ? row.expected_delivery_date : null,
    workerRef: row.worker_ref || null,
    teamRef: row.team_ref || null,
  };
}
