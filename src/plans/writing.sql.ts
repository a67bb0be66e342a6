// A merge, second half: what is written. In the order in which plan-merge.ts runs them; $1 is always the authority (GSS code).

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
