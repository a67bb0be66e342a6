import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Pool, PoolClient } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { chanceOf } from '../load/chance';
import { numberColumns, planColumns, planLines } from './plan-rows';

/** Accesses of the past weeks, so that the history that a check reads is not empty, nor its indexes. */
const earlierAccesses = { found: 40_000, unfound: 60_000 } as const;

const batchOf = 500;

/** Loads 220,000 plans by COPY, phones for every authority, earlier accesses; then fresh statistics and a checkpoint. */
export const fill = async (owner: Pool, seed: number): Promise<void> => {
  const client = await owner.connect();
  try {
    await client.query(phones);
    // what is loaded refers only to what is there: checking each row's foreign keys would take half a minute
    await client.query('set session_replication_role = replica');
    const { rows } = await client.query<{ gss: string }>('select gss from authority order by gss');
    await copyPlans(
      client,
      seed,
      rows.map(({ gss }) => gss),
    );
    await client.query(earlier(`select nhs_number, 'plan' from plan_number order by md5(nhs_number) limit $1`), [
      earlierAccesses.found,
    ]);
    await client.query(earlier(`select '9990000000', 'no-plan' from generate_series(1, $1)`), [
      earlierAccesses.unfound,
    ]);
    await client.query('reset session_replication_role');
    await client.query('vacuum analyze');
    await client.query('checkpoint');
  } finally {
    client.release();
  }
};

const copyPlans = async (client: PoolClient, seed: number, authorities: readonly string[]): Promise<void> => {
  const numbers: string[] = [];
  const plans = function* (): Generator<string> {
    for (const { plan, number } of planLines(chanceOf(seed), authorities)) {
      numbers.push(number);
      yield plan;
    }
  };
  await copy(client, `plan (${planColumns})`, plans());
  await copy(client, `plan_number (${numberColumns})`, numbers);
};

const copy = (client: PoolClient, into: string, lines: Iterable<string>): Promise<void> =>
  pipeline(Readable.from(batches(lines)), client.query(copyFrom(`copy ${into} from stdin`)));

const batches = function* (lines: Iterable<string>): Generator<string> {
  let batch: string[] = [];
  for (const line of lines) {
    batch.push(line);
    if (batch.length < batchOf) continue;
    yield batch.join('');
    batch = [];
  }
  yield batch.join('');
};

const phones = `update authority set
  emergency_phone = coalesce(emergency_phone, '020 7946 0101'), office_phone = coalesce(office_phone, '020 7946 0102')`;

const earlier = (people: string): string => `
  insert into access (id, at, nhs_number, answer, silent, kind, organisation, setting,
    clinician_id, clinician_name, clinician_role, client)
  select gen_random_uuid(), now() - random() * interval '25 days', p.nhs_number, p.answer, false, 'unscheduled',
    'ZZ101', 'emergency-department', 'C1', 'Bench Clinician 1', 'Staff nurse', 'bench-earlier'
  from (${people}) p (nhs_number, answer)`;
