import { Migration } from '@mikro-orm/migrations';

/**
 * Plans, the numbers they answer to, their append-only history, open questions to an authority, and the changes
 * that the guard of uploads holds for approval (at most one waits for a plan).
 * `plan_state` is domain 2 in SQL; a property test holds it equal to `workflows/child-plan/visibility.rules.ts`.
 */
export class PlansMigration extends Migration {
  override name = '002-plans';

  override up(): void {
    this.addSql(`
      create table plan (
        id uuid primary key,
        authority text not null references authority,
        local_id text not null,
        type text not null check (type in ('CPP', 'LAC', 'UCPP')),
        nhs_number text not null check (nhs_number ~ '^[0-9]{10}$'),
        family_name text not null,
        given_name text not null,
        birth_date date not null,
        start_date date not null,
        end_date date,
        end_reason text,
        expected_delivery_date date,
        worker_ref text,
        team_ref text,
        content_hash bytea not null,
        version integer not null default 1,
        recorded_at timestamptz not null,
        changed_at timestamptz not null,
        unique (authority, local_id),
        check (type <> 'UCPP' or expected_delivery_date is not null)
      );
      create table plan_number (
        nhs_number text not null check (nhs_number ~ '^[0-9]{10}$'),
        plan_id uuid not null references plan,
        authority text not null,
        state text not null check (state in ('current', 'former-unconfirmed')),
        since timestamptz not null,
        primary key (nhs_number, plan_id)
      );
      create index plan_number_by_plan on plan_number (plan_id);
      create table plan_event (
        id bigint generated always as identity primary key,
        plan_id uuid not null references plan,
        authority text not null,
        version integer not null,
        kind text not null,
        at timestamptz not null,
        by text not null,
        upload_sequence integer,
        was jsonb,
        became jsonb,
        unique (plan_id, version, kind)
      );
      create trigger plan_event_append_only before update or delete or truncate on plan_event
        for each statement execute function forbid_change();
      create table question (
        id uuid primary key,
        authority text not null references authority,
        kind text not null,
        cause text not null,
        plan_id uuid references plan,
        detail jsonb not null default '{}',
        owner text not null default 'data-quality',
        raised_at timestamptz not null,
        answered_at timestamptz,
        answered_by text,
        answer text,
        unique (authority, kind, cause)
      );
      create index question_open on question (authority, raised_at) where answered_at is null;
      create index question_by_plan on question (plan_id) where answered_at is null;
      create table waiting_change (
        upload_id uuid not null,
        row integer not null,
        authority text not null references authority,
        local_id text not null,
        change jsonb not null,
        state text not null check (state in ('waiting', 'applied', 'discarded', 'replaced')),
        since timestamptz not null,
        decided_at timestamptz,
        decided_by text,
        primary key (upload_id, row)
      );
      create unique index waiting_change_of_plan on waiting_change (authority, local_id) where state = 'waiting';

      create function eighteenth_birthday(birth_date date) returns date language sql immutable as $$
        select (birth_date + interval '18 years')::date
          + case when extract(day from birth_date) <> extract(day from birth_date + interval '18 years') then 1 else 0 end
      $$;
      create function plan_end(type text, end_date date, birth_date date) returns date language sql immutable as $$
        select case when type = 'UCPP' then end_date else least(end_date, eighteenth_birthday(birth_date) - 1) end
      $$;
      create function plan_state(type text, end_date date, end_reason text, expected_delivery_date date, birth_date date, today date)
      returns text language sql immutable as $$
        select case
          when type = 'UCPP' and end_date is null then
            case when today <= expected_delivery_date + 28 then 'active' else 'expired-unresolved' end
          when type = 'UCPP' and end_reason in ('loss-of-pregnancy', 'stillbirth', 'recorded-in-error') then
            case
              when today >= end_date then null
              when today <= expected_delivery_date + 28 then 'active'
              else 'expired-unresolved'
            end
          when plan_end(type, end_date, birth_date) is null or today <= plan_end(type, end_date, birth_date) then 'active'
          when today <= plan_end(type, end_date, birth_date) + 365 then 'ended'
        end
      $$;
    `);
  }
}
