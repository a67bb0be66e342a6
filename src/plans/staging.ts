import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { PoolClient } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { SuppliedPlan } from './supplied-plan';

/** One row on its way into a merge: the plan that it supplies, or the fault that rejects it. */
export interface StagedRow {
  /** From 1 at the first data row. */
  readonly row: number;
  readonly localId: string;
  readonly plan: SuppliedPlan | null;
  readonly contentHash: Buffer | null;
  readonly code: 'CPR04' | 'CPR06' | 'CPR07';
  readonly field: string | null;
  /** What to change, or the warnings beside a row that loads. */
  readonly message: string | null;
}

/**
 * Temporary tables of one session, emptied by each commit: staging writes no WAL. `staged_row` is what came, with its
 * answer; `plan_difference` what it changes. COPY cannot fill a table under row-level security, this one it can.
 */
export const stagingTables = `
  create temporary table if not exists staged_row (
    row integer not null, local_id text not null, type text, nhs_number text, family_name text, given_name text,
    birth_date date, start_date date, end_date date, end_reason text, expected_delivery_date date,
    worker_ref text, team_ref text, content_hash bytea,
    code text not null, field text, message text, replaced_by integer
  ) on commit delete rows;
  create temporary table if not exists plan_difference (
    row integer not null, plan_id uuid not null, effect text not null, version integer not null,
    end_date date, end_reason text, was_state text, now_state text, number_changed boolean not null,
    removes boolean not null, held boolean not null default false, was jsonb, became jsonb
  ) on commit delete rows`;

const columns = `row, local_id, type, nhs_number, family_name, given_name, birth_date, start_date, end_date, end_reason,
  expected_delivery_date, worker_ref, team_ref, content_hash, code, field, message`;
const rowsAtOnce = 500;

/** Copies the rows into `staged_row`, as fast as they come and no faster than PostgreSQL takes them. Returns how many came. */
export async function copyRows(
  client: PoolClient,
  rows: AsyncIterable<StagedRow> | Iterable<StagedRow>,
): Promise<number> {
  const copy = client.query(copyFrom(`copy staged_row (${columns}) from stdin`));
  await pipeline(Readable.from(linesOf(rows)), copy);
  return copy.rowCount ?? 0;
}

async function* linesOf(rows: AsyncIterable<StagedRow> | Iterable<StagedRow>): AsyncGenerator<Buffer> {
  let lines: string[] = [];
  for await (const row of rows) {
    lines.push(lineOf(row));
    if (lines.length < rowsAtOnce) continue;
    yield Buffer.from(lines.join(''));
    lines = [];
  }
  if (lines.length > 0) yield Buffer.from(lines.join(''));
}

function lineOf({ row, localId, plan, contentHash, code, field, message }: StagedRow): string {
  const values = [
    String(row),
    localId,
    plan?.type,
    plan?.nhsNumber,
    plan?.familyName,
    plan?.givenName,
    plan?.birthDate,
    plan?.startDate,
    plan?.endDate,
    plan?.endReason,
    plan?.expectedDeliveryDate,
    plan?.workerRef,
    plan?.teamRef,
    contentHash && `\\x${contentHash.toString('hex')}`,
    code,
    field,
    message,
  ];
  return `${values.map(cell).join('\t')}\n`;
}

const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };
const cell = (value: string | null | undefined): string =>
  value === null || value === undefined ? '\\N' : value.replace(/[\\\n\r\t]/g, (character) => escapes[character] ?? '');
