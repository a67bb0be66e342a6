// What a change of plans does to births, inside the merge's own transaction. It reads the merge's `plan_difference`.

const changed = `plan_difference d join staged_row s on s.row = d.row where not d.held and d.effect <> 'same'`;

/** The unborn plans that are new or changed: births may wait for them. */
export const findUnborn = `
  select d.plan_id as "planId", s.nhs_number as "nhsNumber" from ${changed} and s.type = 'UCPP'`;

/** True when a birth could be concerned: an unborn plan changed, a newborn's number came, or its mother's record changed. */
export const touchesBirths = `
  select exists (select from ${changed} and s.type = 'UCPP')
    or exists (select from newborn b join staged_row s on s.nhs_number = b.nhs_number where b.state = 'awaiting')
    or exists (select from newborn b join plan_difference d on d.plan_id = b.plan_id) as touches`;

/** A newborn's own plan is in sight: $1 authority (GSS code), $2 instant, $3 by whom. */
export const markSupplied = `
  with came as (
    select distinct on (b.id) b.id, b.plan_id, d.plan_id as own_id
    from newborn b join staged_row s on s.nhs_number = b.nhs_number join plan_difference d on d.row = s.row
    where b.authority = $1 and b.state = 'awaiting' and not d.held and d.effect <> 'same'
      and s.type <> 'UCPP' and d.now_state is not null
    order by b.id, d.row
  ), marked as (
    update newborn n set state = 'supplied', supplied_plan_id = c.own_id, changed_at = $2 from came c
    where n.id = c.id returning n.id, n.plan_id
  ), noted as (
    insert into newborn_event (newborn_id, authority, kind, at, by) select id, $1, 'supplied', $2, $3 from marked
  )
  insert into outbox (topic, key, authority, event, created_at)
  select 'birth-transfer', plan_id::text, $1, jsonb_build_object('kind', 'supplied'), $2 from marked`;

/** A record under which a baby was notified has changed: $1 authority (GSS code), $2 instant. */
export const tellMothersChanged = `
  insert into outbox (topic, key, authority, event, created_at)
  select 'birth-transfer', d.plan_id::text, $1, jsonb_build_object('kind', 'mother-changed'), $2 from ${changed}
  and exists (select from newborn b where b.plan_id = d.plan_id)`;
