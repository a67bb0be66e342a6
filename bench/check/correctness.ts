import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { Pool, PoolClient } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

/** What the product told the load generator, held against what is stored. Every figure counts checks, or notices. */
export interface Correctness {
  readonly sent: number;
  readonly acknowledged: number;
  /** Acknowledged and stored as acknowledged: same id, same answer. */
  readonly stored: number;
  /** Stored though nobody was told so: only after an error or a timeout. */
  readonly unacknowledged: number;
  /** Stored more than once under one request id. */
  readonly doubles: number;
  /** Answers that do not tell all plans of the number: every plan that was loaded is in sight. */
  readonly wrong: number;
  /** Plans that were told in checks that alert, and the notices of those checks. */
  readonly found: number;
  readonly notices: number;
  /** Checks whose notices are not those of the plans that it told: none for a silent one. */
  readonly astray: number;
  readonly holds: boolean;
}

type Counts = Omit<Correctness, 'holds'>;

const isKept = (counts: Counts): boolean => {
  const { acknowledged, doubles, wrong, astray } = counts;
  const nothingAstray = doubles === 0 && wrong === 0 && astray === 0;
  const isWhole = acknowledged > 0 && counts.stored === acknowledged && counts.notices === counts.found;
  return nothingAstray && isWhole && counts.unacknowledged <= counts.sent - acknowledged;
};

/** The oracle is the generator's own file: request id, access id, answer, number of plans, silent. */
export const proveCorrect = async (owner: Pool, oracleFile: string): Promise<Correctness> => {
  const client = await owner.connect();
  try {
    await loadOracle(client, oracleFile);
    const { rows } = await client.query<Record<keyof Counts, string>>(comparison);
    const of = (name: keyof Counts): number => Number(rows[0]?.[name] ?? Number.NaN);
    const counts: Counts = {
      sent: of('sent'),
      acknowledged: of('acknowledged'),
      stored: of('stored'),
      unacknowledged: of('unacknowledged'),
      doubles: of('doubles'),
      wrong: of('wrong'),
      found: of('found'),
      notices: of('notices'),
      astray: of('astray'),
    };
    return { ...counts, holds: isKept(counts) };
  } finally {
    client.release();
  }
};

const loadOracle = async (client: PoolClient, oracleFile: string): Promise<void> => {
  await client.query(
    'create temp table oracle (request_id text, access_id uuid, answer text, plans integer, silent boolean)',
  );
  await pipeline(createReadStream(oracleFile), client.query(copyFrom('copy oracle from stdin (format csv)')));
  await client.query('create index on oracle (access_id)');
  await client.query('analyze oracle');
};

/** The product's own callers: the variants store under names of their own. */
const comparison = `
  with kept as materialized (
    select id, at, answer, nhs_number from access where client in ('system:ed-system', 'system:gp-system')
  ), told as materialized (
    select o.*, k.id is not null as stored, case when o.silent then 0 else o.plans end as to_alert,
      (select count(*) from notice n where n.access_id = o.access_id) as notices,
      (select count(*) from plan_number p where p.nhs_number = k.nhs_number) as plans_kept
    from oracle o
    left join kept k on k.id = o.access_id and k.answer = o.answer
    where o.access_id is not null
  )
  select
    (select count(*) from oracle) as sent,
    count(*) as acknowledged,
    count(*) filter (where stored) as stored,
    (select count(*) from kept k where not exists (select from told t where t.access_id = k.id)) as unacknowledged,
    (select count(*) - count(distinct id) from kept) as doubles,
    count(*) filter (where plans <> plans_kept) as wrong,
    coalesce(sum(to_alert), 0) as found,
    coalesce(sum(notices), 0) as notices,
    count(*) filter (where notices <> to_alert) as astray
  from told`;
