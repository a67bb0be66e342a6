import type { Pool } from 'pg';

/** A place in the write-ahead log: everything before it is on disk. */
export type Lsn = string;

export const lsnNow = async (owner: Pool): Promise<Lsn> => {
  const { rows } = await owner.query<{ lsn: Lsn }>('select pg_current_wal_flush_lsn()::text as lsn');
  return rows[0]?.lsn ?? '0/0';
};

/** What was written between two places of the log: exact, whoever wrote it. */
export interface Written {
  readonly walBytes: number;
  /** The part that is whole pages, written once a page after each checkpoint. */
  readonly fullPageBytes: number;
  /** Transactions that wrote something. */
  readonly commits: number;
}

export const writtenBetween = async (owner: Pool, from: Lsn, to: Lsn): Promise<Written> => {
  if (from === to) return { walBytes: 0, fullPageBytes: 0, commits: 0 };
  const { rows } = await owner.query<Record<keyof Written, string>>(
    `select $2::pg_lsn - $1::pg_lsn as "walBytes", coalesce(sum(fpi_size), 0) as "fullPageBytes",
       coalesce(sum(count) filter (where "resource_manager/record_type" = 'Transaction/COMMIT'), 0) as commits
     from pg_get_wal_stats($1::pg_lsn, $2::pg_lsn, true)`,
    [from, to],
  );
  const { walBytes = '0', fullPageBytes = '0', commits = '0' } = rows[0] ?? {};
  return { walBytes: Number(walBytes), fullPageBytes: Number(fullPageBytes), commits: Number(commits) };
};

/** Counts the statements of the role of the check path while `during` runs: each is one round trip, whatever it says. */
export const countStatements = async (owner: Pool, during: () => Promise<void>): Promise<number> => {
  await track(owner, 'all');
  await owner.query('select pg_stat_statements_reset()');
  await during();
  const { rows } = await owner.query<{ calls: string }>(
    `select coalesce(sum(s.calls), 0) as calls from pg_stat_statements s join pg_roles r on r.oid = s.userid
     where r.rolname = 'cpis_check'`,
  );
  await track(owner, 'none');
  return Number(rows[0]?.calls ?? 0);
};

const track = async (owner: Pool, what: 'all' | 'none'): Promise<void> => {
  await owner.query(`alter system set pg_stat_statements.track = '${what}'`);
  await owner.query('select pg_reload_conf(), pg_sleep(0.3)');
};

/** The settings that decide whether a commit is on disk before it is told. */
export const durability = async (owner: Pool): Promise<Readonly<Record<string, string>>> => {
  const { rows } = await owner.query<{ name: string; setting: string }>(
    `select name, setting from pg_settings
     where name in ('server_version', 'fsync', 'synchronous_commit', 'full_page_writes', 'wal_sync_method') order by name`,
  );
  return Object.fromEntries(rows.map(({ name, setting }) => [name, setting]));
};
