import { Migration } from '@mikro-orm/migrations';

/**
 * Accesses (the audit entry of every check), the keys that make a check repeatable, and notices. An access's id is the hash of
 * client and request id: the same request can only ever be one access, and the key needs no columns of its own.
 * Partitioned by month: three months ahead, the default partition catches what nobody planned.
 * A notice has no foreign keys: the check reads the plan in the statement that writes the notice, plans and authorities
 * are never deleted, and the key's lock on the plan's row would log its page whole, 8 KB, for almost every notice.
 */
export class AccessesMigration extends Migration {
  override name = '004-accesses';

  override up(): void {
    this.addSql(`
      create table access (
        id uuid not null,
        at timestamptz not null,
        nhs_number text not null,
        answer text not null check (answer in ('plan', 'awaiting-authority', 'ended', 'no-plan')),
        silent boolean not null,
        kind text not null check (kind in ('unscheduled', 'scheduled')),
        organisation text not null,
        setting text not null,
        clinician_id text not null,
        clinician_name text not null,
        clinician_role text not null,
        client text not null,
        flags text[],
        primary key (at, id)
      ) partition by range (at);
      create index access_found_by_number on access (nhs_number, at desc) where answer <> 'no-plan';
      create table access_default partition of access default;
      create trigger access_append_only before update or delete or truncate on access
        for each statement execute function forbid_change();
      create function ensure_access_partitions(around timestamptz, months_ahead integer) returns integer
      language plpgsql security definer set search_path = public, pg_temp as $$
      declare
        first_day date;
        made integer := 0;
        label text;
      begin
        for i in -1 .. months_ahead loop
          first_day := (date_trunc('month', around at time zone 'UTC') + make_interval(months => i))::date;
          label := 'access_' || to_char(first_day, 'YYYY_MM');
          if to_regclass(label) is null then
            execute format(
              'create table %I partition of access for values from (%L) to (%L)',
              label,
              first_day::text || ' 00:00:00+00',
              (first_day + interval '1 month')::date::text || ' 00:00:00+00'
            );
            made := made + 1;
          end if;
        end loop;
        return made;
      end $$;

      create table check_request (
        access_id uuid primary key,
        body_hash uuid not null,
        at timestamptz not null,
        found jsonb
      );

      create table notice (
        id bigint generated always as identity primary key,
        access_id uuid not null,
        access_at timestamptz not null,
        plan_id uuid not null,
        authority text not null,
        due_at timestamptz not null,
        slot text,
        alert_id uuid,
        unique (access_id, plan_id)
      );
      create index notice_without_alert on notice (due_at) where alert_id is null;
      create index notice_unalerted_by_authority on notice (authority, slot) where alert_id is null;
      create index notice_by_alert on notice (alert_id) where alert_id is not null;
      create index notice_by_plan on notice (plan_id, access_at);
    `);
  }
}
