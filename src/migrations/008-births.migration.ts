import { Migration } from '@mikro-orm/migrations';

/**
 * Births: the notification, one provisional record per baby and unborn plan (`newborn`), its append-only history, births
 * of mothers without an unborn plan in sight (sealed, for 28 days) and how many there were (domain 7).
 * A notice concerns a plan or a newborn; an alert may tell of a birth or a loss, once per (kind, cause, plan).
 */
export class BirthsMigration extends Migration {
  override name = '008-births';

  override up(): void {
    this.addSql(tables);
    this.addSql(noticesAndAlerts);
    this.addSql(rights);
  }
}

const tables = `
  create table birth (
    id uuid primary key,
    nhs_number text not null unique check (nhs_number ~ '^[0-9]{10}$'),
    mother_nhs_number text not null check (mother_nhs_number ~ '^[0-9]{10}$'),
    born_at timestamptz not null,
    birth_order integer not null check (birth_order > 0),
    number_of_births integer not null check (number_of_births >= birth_order),
    stillborn boolean not null,
    delivery_organisation text not null,
    notified_at timestamptz not null,
    notified_by text not null
  );
  create index birth_by_mother on birth (mother_nhs_number, notified_at);
  create table newborn (
    id uuid primary key,
    birth_id uuid not null references birth,
    plan_id uuid not null references plan,
    authority text not null references authority,
    nhs_number text not null check (nhs_number ~ '^[0-9]{10}$'),
    state text not null check (state in ('awaiting', 'supplied', 'declined', 'not-expected')),
    mother_was_closed boolean not null,
    supplied_plan_id uuid references plan,
    reason text,
    since timestamptz not null,
    changed_at timestamptz not null,
    alert_due_at timestamptz not null,
    alerted_at timestamptz,
    unique (birth_id, plan_id),
    check ((state = 'declined') = (reason is not null)),
    check ((state = 'supplied') = (supplied_plan_id is not null))
  );
  create index newborn_awaiting on newborn (nhs_number) where state = 'awaiting';
  create index newborn_by_number on newborn (nhs_number);
  create index newborn_by_plan on newborn (plan_id);
  create index newborn_without_alert on newborn (alert_due_at) where alerted_at is null;
  create table newborn_event (
    id bigint generated always as identity primary key,
    newborn_id uuid not null references newborn,
    authority text not null references authority,
    kind text not null check (kind in ('notified', 'supplied', 'declined')),
    at timestamptz not null,
    by text not null,
    detail jsonb not null default '{}',
    unique (newborn_id, kind)
  );
  create trigger newborn_event_append_only before update or delete or truncate on newborn_event
    for each statement execute function forbid_change();
  create table unmatched_birth (
    id uuid primary key,
    newborn_hash bytea not null unique,
    mother_hash bytea not null,
    sealed bytea not null,
    notified_at timestamptz not null,
    kept_until timestamptz not null
  );
  create index unmatched_birth_by_mother on unmatched_birth (mother_hash);
  create index unmatched_birth_by_end on unmatched_birth (kept_until);
  create table birth_count (
    day date not null,
    outcome text not null check (outcome in ('matched', 'unmatched', 'matched-later', 'erased')),
    births integer not null,
    primary key (day, outcome)
  );`;

const noticesAndAlerts = `
  alter table notice alter column plan_id drop not null,
    add column newborn_id uuid references newborn,
    add check (num_nonnulls(plan_id, newborn_id) = 1);
  create unique index notice_of_newborn on notice (access_id, newborn_id) where newborn_id is not null;
  alter table alert drop constraint alert_kind_check,
    add constraint alert_kind_check check (kind in ('access', 'birth', 'loss')),
    add column cause text,
    add column plan_id uuid references plan,
    add column newborn_id uuid references newborn,
    add check ((kind = 'access') = (cause is null and plan_id is null and newborn_id is null)),
    add check (kind = 'access' or num_nulls(cause, plan_id, newborn_id) = 0);
  create unique index alert_by_cause on alert (kind, cause, plan_id) where kind <> 'access';`;

const scoped = ['newborn', 'newborn_event'];
const productAlone = ['unmatched_birth', 'birth_count'];

/** An authority sees a birth through its own newborn record; what is not matched belongs to nobody. */
const rights = `
  grant select on birth, newborn, newborn_event, unmatched_birth, birth_count to cpis_app;
  grant insert on birth, newborn, newborn_event, unmatched_birth, birth_count to cpis_app;
  grant update on newborn, birth_count to cpis_app;
  grant delete on unmatched_birth to cpis_app;
  grant select on newborn to cpis_check;
  ${scoped
    .map(
      (table) => `alter table ${table} enable row level security;
        create policy of_the_authority on ${table} to cpis_app
          using (current_setting('cpis.authority', true) in (authority, '*'))
          with check (current_setting('cpis.authority', true) in (authority, '*'));`,
    )
    .join('\n')}
  ${productAlone
    .map(
      (table) => `alter table ${table} enable row level security;
        create policy of_the_product on ${table} to cpis_app
          using (current_setting('cpis.authority', true) = '*') with check (current_setting('cpis.authority', true) = '*');`,
    )
    .join('\n')}
  alter table birth enable row level security;
  create policy of_a_newborn on birth for select to cpis_app using (
    current_setting('cpis.authority', true) = '*' or exists (select from newborn n where n.birth_id = birth.id)
  );
  create policy of_the_product on birth for insert to cpis_app with check (current_setting('cpis.authority', true) = '*');
  create policy check_reads on newborn for select to cpis_check using (true);
  drop policy of_a_plan on access;
  create policy of_a_plan on access for select to cpis_app using (
    current_setting('cpis.authority', true) = '*'
    or exists (select from plan_number n where n.nhs_number = access.nhs_number)
    or exists (select from newborn b where b.nhs_number = access.nhs_number)
  );`;
