// The statements of one merge, in the order in which plan-merge.ts runs them. $1 is always the authority (GSS code).

/** A plan as `plan_event` tells it: `of` is a row of `plan` or `staged_row`, `end` what gives its effective end. */
const factsOf = (of: string, end: string): string => `jsonb_build_object(
  'type', ${of}.type, 'nhsNumber', ${of}.nhs_number, 'familyName', ${of}.family_name, 'givenName', ${of}.given_name,
  'birthDate', ${of}.birth_date, 'startDate', ${of}.start_date, 'endDate', ${end}.end_date, 'endReason', ${end}.end_reason,
  'expectedDeliveryDate', ${of}.expected_delivery_date, 'workerRef', ${of}.worker_ref, 'teamRef', ${of}.team_ref)`;

/** One row a plan counts: the last. Rows that say the same stay answered as loaded, others name the row that replaced them. */
export const settleRepeats = `
  with last as (
    select local_id, max(row) as row from staged_row where code = 'CPR06' group by local_id having count(*) > 1
  ), earlier as (
    select s.row, l.row as by_row, s.content_hash = w.content_hash as is_same
    from last l join staged_row w on w.row = l.row
    join staged_row s on s.local_id = l.local_id and s.row < l.row and s.code = 'CPR06'
  )
  update staged_row s set replaced_by = e.by_row,
    code = case when e.is_same then s.code else 'CPR07' end,
    field = case when e.is_same then s.field else 'local_id' end,
    message = case when e.is_same then s.message
      else format('local_id came again in row %s, which replaced this row: send each plan once.', e.by_row) end
  from earlier e where s.row = e.row`;

/**
 * What differs from what is there, by content. $2 London day. A CPP or LAC ends by itself at the 18th birthday; a reason
 * that a person gave stays while the end stays. `removes`: ends a live plan, or takes one out of sight (the guard).
 * Each `offset 0` keeps PostgreSQL from working a value out once for every place that uses it: a quarter of the time.
 */
export const findDifferences = `
  insert into plan_difference (row, plan_id, effect, version, end_date, end_reason, was_state, now_state,
    number_changed, removes, was, became)
  select s.row, coalesce(p.id, gen_random_uuid()),
    case
      when p.id is null then 'recorded'
      when told.was = told.became then 'same'
      when p.end_date is null and stop.end_date is not null then 'ended'
      else 'amended'
    end,
    coalesce(p.version, 0) + 1, stop.end_date, stop.end_reason, sight.was_state, sight.now_state,
    coalesce(p.nhs_number <> s.nhs_number, false),
    sight.was_state is not null and (
      sight.now_state is null
      or sight.was_state <> 'ended' and (
        sight.now_state = 'ended' or s.end_date is not null and (p.end_date is null or s.end_date < p.end_date))),
    told.was, told.became
  from staged_row s
  left join plan p on p.authority = $1 and p.local_id = s.local_id
  cross join lateral (
    select case when s.type <> 'UCPP' then eighteenth_birthday(s.birth_date) end as day offset 0
  ) eighteenth
  cross join lateral (
    select $2::date >= eighteenth.day and (s.end_date is null or s.end_date >= eighteenth.day) as has_come offset 0
  ) birthday
  cross join lateral (
    select case when birthday.has_come then eighteenth.day - 1 else s.end_date end as end_date,
      case
        when birthday.has_come then 'reached-18'
        when s.end_date is null then null
        else coalesce(s.end_reason, case when s.end_date = p.end_date then p.end_reason end)
      end as end_reason
    offset 0
  ) stop
  cross join lateral (
    select case when p.id is not null
        then plan_state(p.type, p.end_date, p.end_reason, p.expected_delivery_date, p.birth_date, $2::date) end as was_state,
      plan_state(s.type, stop.end_date, stop.end_reason, s.expected_delivery_date, s.birth_date, $2::date) as now_state
    offset 0
  ) sight
  cross join lateral (
    select case when p.id is not null then ${factsOf('p', 'p')} end as was, ${factsOf('s', 'stop')} as became offset 0
  ) told
  where s.code = 'CPR06' and s.replaced_by is null and p.content_hash is distinct from s.content_hash`;

/** $2 London day. */
export const countLive = `
  select count(*)::int as live from plan
  where authority = $1
    and plan_state(type, end_date, end_reason, expected_delivery_date, birth_date, $2::date) in ('active', 'expired-unresolved')`;

const applied = `from plan_difference d join staged_row s on s.row = d.row where not d.held`;

/** $2 instant. */
export const insertPlans = `
  insert into plan (id, authority, local_id, type, nhs_number, family_name, given_name, birth_date, start_date, end_date,
    end_reason, expected_delivery_date, worker_ref, team_ref, content_hash, version, recorded_at, changed_at)
  select d.plan_id, $1, s.local_id, s.type, s.nhs_number, s.family_name, s.given_name, s.birth_date, s.start_date, d.end_date,
    d.end_reason, s.expected_delivery_date, s.worker_ref, s.team_ref, s.content_hash, d.version, $2, $2
  ${applied} and d.effect = 'recorded'`;

/** $2 instant. */
export const updatePlans = `
  update plan p set type = s.type, nhs_number = s.nhs_number, family_name = s.family_name, given_name = s.given_name,
    birth_date = s.birth_date, start_date = s.start_date, end_date = d.end_date, end_reason = d.end_reason,
    expected_delivery_date = s.expected_delivery_date, worker_ref = s.worker_ref, team_ref = s.team_ref,
    content_hash = s.content_hash, version = d.version, changed_at = $2
  from plan_difference d join staged_row s on s.row = d.row
  where p.id = d.plan_id and p.authority = $1 and not d.held and d.effect in ('amended', 'ended')`;

/** The row reads differently, the plan does not: only its hash follows, so that the next look costs nothing. */
export const updateHashes = `
  update plan p set content_hash = s.content_hash from plan_difference d join staged_row s on s.row = d.row
  where p.id = d.plan_id and p.authority = $1 and d.effect = 'same'`;

/** The old number stays in sight until a person confirms the new one (data/README); out of sight there is nothing to keep. */
export const retireNumbers = `
  update plan_number n set state = 'former-unconfirmed' from plan_difference d
  where n.plan_id = d.plan_id and n.authority = $1 and n.state = 'current' and d.number_changed and not d.held`;
export const forgetNumbersOutOfSight = `
  delete from plan_number n using plan_difference d
  where n.plan_id = d.plan_id and n.authority = $1 and n.state = 'former-unconfirmed' and d.number_changed and not d.held
    and d.now_state is null`;
/** $2 instant. */
export const insertNumbers = `
  insert into plan_number (nhs_number, plan_id, authority, state, since)
  select s.nhs_number, d.plan_id, $1, 'current', $2
  ${applied} and (d.effect = 'recorded' or d.number_changed)
  on conflict (nhs_number, plan_id) do update set state = 'current', since = excluded.since`;

const onlyDifferent = (of: string, than: string): string =>
  `(select jsonb_object_agg(key, value) from jsonb_each(${of}) where ${than} -> key is distinct from value)`;

/** $2 instant, $3 by whom, $4 upload sequence or null. */
export const insertEvents = `
  insert into plan_event (plan_id, authority, version, kind, at, by, upload_sequence, was, became)
  select d.plan_id, $1, d.version, d.effect, $2, $3, $4::integer,
    case when d.was is not null then ${onlyDifferent('d.was', 'd.became')} end,
    case when d.was is null then d.became else ${onlyDifferent('d.became', 'd.was')} end
  from plan_difference d where not d.held and d.effect <> 'same'`;

/** $2 instant. Only plans in sight, before or after, have a process to tell (design.md, "Never"). */
export const tellProcesses = `
  insert into outbox (topic, key, authority, event, created_at)
  select 'child-plan', d.plan_id::text, $1, jsonb_build_object('kind', d.effect, 'version', d.version), $2
  from plan_difference d
  where not d.held and d.effect <> 'same' and (d.was_state is not null or d.now_state is not null)
  order by d.row`;

/** What a person will be asked about stands beside the row. */
export const noteNumbers = `
  update staged_row s set message = concat_ws(' ', s.message,
    'The NHS number differs from before: both numbers stay in sight until a person confirms the change.')
  from plan_difference d where d.row = s.row and d.number_changed and not d.held and d.now_state is not null`;
export const noteEndReasons = `
  update staged_row s set message = concat_ws(' ', s.message,
    'The reason for the end is missing: the plan is shown as ended, and the reason is asked for.')
  from plan_difference d where d.row = s.row and s.type = 'UCPP' and d.end_date is not null and d.end_reason is null
    and d.now_state is not null and not d.held`;
