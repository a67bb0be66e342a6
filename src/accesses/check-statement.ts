/**
 * The check: visible plans, newborns that no authority has answered for yet, the access, its notices, the request's key, and
 * what the processes are told – one statement, one snapshot, one commit (design.md; P1). A request id that was used violates
 * the key, so that nothing is stored; `on conflict` would tell the same, and log every check's row twice.
 *
 * $1 access id (the hash of client and request id), $2 instant, $3 London day, $4 NHS number, $5 silent, $6 kind,
 * $7 organisation, $8 setting, $9–$11 clinician id, name, role, $12 client, $13 hash of the body, $14 flags.
 * Precedence: plan, awaiting-authority, ended, no-plan (domain 2). An open plan shows no end: the day before an 18th birthday would give the birthday away.
 */
export const checkStatement = `
with visible as materialized (
  select p.id, p.authority, p.type, seen.state, p.start_date,
    case when seen.state = 'ended' or p.end_date is not null then plan_end(p.type, p.end_date, p.birth_date) end as end_date,
    p.expected_delivery_date
  from plan_number n
  join plan p on p.id = n.plan_id
  cross join lateral (
    select plan_state(p.type, p.end_date, p.end_reason, p.expected_delivery_date, p.birth_date, $3::date) as state
  ) seen
  where n.nhs_number = $4 and seen.state is not null
), awaiting as materialized (
  select b.id, b.authority from newborn b where b.nhs_number = $4 and b.state = 'awaiting'
), concerned as materialized (
  select jsonb_agg(jsonb_build_object('gss', u.gss, 'authority', u.name,
    'emergencyPhone', u.emergency_phone, 'officePhone', u.office_phone) order by u.name) as authorities
  from (select distinct authority from awaiting) w join authority u on u.gss = w.authority
), history as materialized (
  select a.at, a.clinician_id, a.clinician_name, a.clinician_role, a.organisation, a.setting
  from access a
  where a.nhs_number in (
      select m.nhs_number from visible v join plan_number m on m.plan_id = v.id
      union all select $4 where exists (select from awaiting))
    and a.answer <> 'no-plan' and not a.silent
  order by a.at desc
  limit 500
), found as materialized (
  select
    case
      when bool_or(v.state <> 'ended') then 'plan'
      when (select authorities from concerned) is not null then 'awaiting-authority'
      when count(*) > 0 then 'ended'
      else 'no-plan'
    end as answer,
    case when count(*) > 0 or (select authorities from concerned) is not null then jsonb_build_object(
      'plans', coalesce(jsonb_agg(jsonb_build_object(
        'type', v.type, 'state', v.state, 'start', v.start_date, 'end', v.end_date,
        'expectedDeliveryDate', v.expected_delivery_date, 'gss', v.authority, 'authority', u.name,
        'emergencyPhone', u.emergency_phone, 'officePhone', u.office_phone
      ) order by v.state = 'ended', v.type, v.start_date desc, v.id), '[]'),
      'accesses', (select coalesce(jsonb_agg(jsonb_build_object(
        'at', h.at, 'clinicianId', h.clinician_id, 'clinicianName', h.clinician_name, 'clinicianRole', h.clinician_role,
        'organisation', h.organisation, 'organisationName', o.name, 'setting', h.setting
      ) order by h.at desc), '[]') from history h left join organisation o on o.ods_code = h.organisation)
    ) || coalesce((select jsonb_build_object('awaiting', c.authorities) from concerned c where c.authorities is not null), '{}')
    end as detail
  from visible v join authority u on u.gss = v.authority
), request as (
  insert into check_request (access_id, body_hash, at, found)
  select $1::uuid, $13::uuid, $2::timestamptz, detail from found
  returning access_id
), stored as (
  insert into access (id, at, nhs_number, answer, silent, kind, organisation, setting,
    clinician_id, clinician_name, clinician_role, client, flags)
  select r.access_id, $2::timestamptz, $4, f.answer, $5::boolean, $6, $7, $8, $9, $10, $11, $12, $14::text[]
  from request r, found f
), noticed as (
  insert into notice (access_id, access_at, plan_id, newborn_id, authority, due_at)
  select r.access_id, $2::timestamptz, c.plan_id, c.newborn_id, c.authority, $2::timestamptz + interval '24 hours'
  from request r, (
    select v.id as plan_id, null::uuid as newborn_id, v.authority from visible v
    union all select null, w.id, w.authority from awaiting w
  ) c where not $5::boolean
), told as (
  insert into outbox (topic, key, authority, event, created_at)
  select 'child-plan', v.id::text, v.authority,
    jsonb_build_object('kind', 'accessed', 'accessId', r.access_id), $2::timestamptz
  from request r, visible v where not $5::boolean
)
select f.answer, f.detail from found f`;

/** What was answered before under this request id: $1 access id, $2 hash of the body. */
export const answeredStatement = `
select r.at, r.access_id as id, r.body_hash = $2::uuid as same_body, r.found as detail, a.answer, a.kind, a.silent, a.flags
from check_request r join access a on a.at = r.at and a.id = r.access_id
where r.access_id = $1::uuid`;
