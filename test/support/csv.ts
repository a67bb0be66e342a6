import { testNumber } from './requests';

const header =
  'local_id,plan_type,nhs_number,family_name,given_name,birth_date,start_date,end_date,expected_delivery_date,worker_ref,team_ref';

export interface CsvRow {
  readonly localId: string;
  readonly nhsNumber: string;
  readonly familyName?: string;
  readonly givenName?: string;
  readonly birthDate?: string;
  readonly endDate?: string;
  readonly expectedDeliveryDate?: string;
}

/** An upload's text: children of the demo worker, or mothers where a delivery date is given. */
export const csvOf = (rows: readonly CsvRow[]): string =>
  [header, ...rows.map(lineOf)].map((line) => `${line}\r\n`).join('');

const lineOf = (row: CsvRow): string =>
  [
    row.localId,
    row.expectedDeliveryDate ? 'UCPP' : 'CPP',
    row.nhsNumber,
    row.familyName ?? 'Example',
    row.givenName ?? 'Ash',
    row.birthDate ?? (row.expectedDeliveryDate ? '1996-02-03' : '2016-05-06'),
    '2026-02-05',
    row.endDate ?? '',
    row.expectedDeliveryDate ?? '',
    'W001',
    'T01',
  ].join(',');

/** Rows `from` up to and without `to`, each with a number of its own. */
export const manyRows = (from: number, to: number): CsvRow[] =>
  Array.from({ length: to - from }, (_, index) => ({
    localId: `many-${from + index}`,
    nhsNumber: testNumber(10_000 + from + index),
  }));
