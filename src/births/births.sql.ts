// What a birth does to the rows, inside the transaction of whoever reports it.

/**
 * Births wait for each other and for merges that touch an unborn plan, so that a birth and the plan it concerns never miss
 * each other: whoever comes second sees the first one's rows. Merges share it among themselves.
 */
export const waitForPlans = `select pg_advisory_xact_lock(hashtextextended('births', 11))`;
export const waitForBirths = `select pg_advisory_xact_lock_shared(hashtextextended('births', 11))`;

/** $1 the baby's number. */
export const findBirth = `
  select id, nhs_number as "nhsNumber", mother_nhs_number as "motherNhsNumber", born_at as "bornAt", birth_order as "birthOrder",
    number_of_births as "numberOfBirths", stillborn, delivery_organisation as "deliveryOrganisation", notified_at as "notifiedAt"
  from birth where nhs_number = $1`;

/** $1 hashes of the baby's number. */
export const findKept = `
  select sealed, notified_at as "notifiedAt" from unmatched_birth where newborn_hash = any($1::bytea[])`;

/** $1 hashes of the mother's number, $2 instant: once opened it is erased. */
export const takeKept = `
  delete from unmatched_birth where mother_hash = any($1::bytea[]) and kept_until > $2
  returning sealed, notified_at as "notifiedAt"`;
export const keep = `
  insert into unmatched_birth (id, newborn_hash, mother_hash, sealed, notified_at, kept_until)
  values (gen_random_uuid(), $1, $2, $3, $4, $5)`;
export const eraseKept = `delete from unmatched_birth where kept_until <= $1`;

/** An unborn plan that a birth concerns: in sight, or ended for whatever reason until EDD + 28 (domain 7). */
const concerned = (plan: string, bornOn: string): string => `${plan}.type = 'UCPP' and (
    ${plan}.end_date is null or ${bornOn} <= ${plan}.end_date or ${bornOn} <= ${plan}.expected_delivery_date + 28)`;

/** $1 the mother's number, $2 London day of birth. */
export const findConcerned = `
  select p.id as "planId", p.authority from plan_number n join plan p on p.id = n.plan_id
  where n.nhs_number = $1 and ${concerned('p', '$2::date')} order by p.id`;

/** Births that were matched elsewhere already and concern these unborn plans too: $1 plan ids, $2 not notified before. */
export const findForPlans = `
  select b.id as "birthId", p.id as "planId"
  from plan p join plan_number n on n.plan_id = p.id join birth b on b.mother_nhs_number = n.nhs_number
  where p.id = any($1::uuid[]) and b.notified_at > $2
    and ${concerned('p', "(b.born_at at time zone 'Europe/London')::date")}
    and not exists (select from newborn k where k.birth_id = b.id and k.plan_id = p.id)
  order by b.notified_at`;

export const insertBirth = `
  insert into birth (id, nhs_number, mother_nhs_number, born_at, birth_order, number_of_births, stillborn,
    delivery_organisation, notified_at, notified_by)
  values (gen_random_uuid(), $1, $2, $3, $4, $5, $6, $7, $8, $9) returning id`;

/**
 * The provisional record of one baby under one unborn plan, its history, and what the transfer is told. $1 birth id,
 * $2 plan id, $3 instant, $4 London day, $5 by whom. A baby whose own plan is in sight already is not awaited; when
 * nothing at all is asked of the authority there is nothing to alert.
 */
export const insertNewborn = `
  with made as (
    insert into newborn (id, birth_id, plan_id, authority, nhs_number, state, mother_was_closed, supplied_plan_id, since,
      changed_at, alert_due_at, alerted_at)
    select gen_random_uuid(), b.id, p.id, p.authority, b.nhs_number, its.state, her.is_closed,
      case when its.state = 'supplied' then own.id end, $3::timestamptz, $3::timestamptz,
      $3::timestamptz + interval '24 hours', case when its.state <> 'awaiting' and her.is_closed then $3::timestamptz end
    from birth b cross join plan p
    left join lateral (
      select o.id from plan_number n join plan o on o.id = n.plan_id
      where n.nhs_number = b.nhs_number and o.authority = p.authority and o.type <> 'UCPP'
        and plan_state(o.type, o.end_date, o.end_reason, o.expected_delivery_date, o.birth_date, $4::date) is not null
      order by o.id limit 1
    ) own on true
    cross join lateral (
      select case when b.stillborn then 'not-expected' when own.id is not null then 'supplied' else 'awaiting' end as state
    ) its
    cross join lateral (select p.type <> 'UCPP' or p.end_date is not null as is_closed) her
    where b.id = $1::uuid and p.id = $2::uuid
    on conflict (birth_id, plan_id) do nothing
    returning id, plan_id, authority, state, supplied_plan_id
  ), noted as (
    insert into newborn_event (newborn_id, authority, kind, at, by)
    select id, authority, 'notified', $3::timestamptz, $5::text from made
    union all select id, authority, 'supplied', $3::timestamptz, $5::text from made where supplied_plan_id is not null
  )
  insert into outbox (topic, key, authority, event, created_at)
  select 'birth-transfer', plan_id::text, authority, jsonb_build_object('kind', 'born'), $3::timestamptz from made`;

/** $1 London day, $2 outcome, $3 how many. */
export const countBirths = `
  insert into birth_count (day, outcome, births) values ($1, $2, $3)
  on conflict (day, outcome) do update set births = birth_count.births + excluded.births`;
