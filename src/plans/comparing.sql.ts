// A merge, first half: what differs. In the order in which plan-merge.ts runs them; $1 is always the authority (GSS code).

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

/** A later row for the same plan replaces the one that waits. $2 instant, $3 by whom. */
export const replaceWaiting = `
  update waiting_change w set state = 'replaced', decided_at = $2, decided_by = $3
  from staged_row s
  where w.authority = $1 and w.state = 'waiting' and s.local_id = w.local_id and s.code = 'CPR06'`;

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

export const countDifferences = `
  select count(*) filter (where effect = 'recorded' and not held)::int as recorded,
    count(*) filter (where effect = 'amended' and not held)::int as amended,
    count(*) filter (where effect = 'ended' and not held)::int as ended,
    count(*) filter (where effect = 'same')::int as same,
    count(*) filter (where held)::int as held,
    count(*) filter (where number_changed and not held)::int as "numberChanges",
    count(*) filter (where removes)::int as removes
  from plan_difference`;

/** $2 London day. */
export const countLive = `
  select count(*)::int as live from plan
  where authority = $1
    and plan_state(type, end_date, end_reason, expected_delivery_date, birth_date, $2::date) in ('active', 'expired-unresolved')`;
