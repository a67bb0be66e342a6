// What a person or a birthday decides about one plan. $1 is always the authority (GSS code), $2 the plan id.

/**
 * Stages the plan as it is, with what was decided: $3 NHS number, $4 end date, $5 end reason, each null for "as it is".
 * Its hash is made up, so that the authority's next row is compared in full.
 */
export const stageAsItIs = `
  insert into staged_row (row, local_id, type, nhs_number, family_name, given_name, birth_date, start_date, end_date,
    end_reason, expected_delivery_date, worker_ref, team_ref, content_hash, code)
  select 1, local_id, type, coalesce($3, nhs_number), family_name, given_name, birth_date, start_date,
    coalesce($4::date, end_date), coalesce($5, end_reason), expected_delivery_date, worker_ref, team_ref,
    uuid_send(gen_random_uuid()), 'CPR06'
  from plan where authority = $1 and id = $2::uuid`;

/** The number that was there first, while a change of it is not confirmed. */
export const findFormerNumber = `
  select nhs_number from plan_number where authority = $1 and plan_id = $2::uuid and state = 'former-unconfirmed'
  order by since limit 1`;

export const dropFormerNumbers = `
  delete from plan_number where authority = $1 and plan_id = $2::uuid and state = 'former-unconfirmed' returning nhs_number`;

/** $3 instant, $4 by whom, $5 the numbers that left: a new version whose history says so. */
export const recordConfirmation = `
  with changed as (
    update plan set version = version + 1, changed_at = $3 where authority = $1 and id = $2::uuid returning version, nhs_number
  ), told as (
    insert into outbox (topic, key, authority, event, created_at)
    select 'child-plan', $2::text, $1, jsonb_build_object('kind', 'amended', 'version', version), $3 from changed
  )
  insert into plan_event (plan_id, authority, version, kind, at, by, was, became)
  select $2::uuid, $1, version, 'number-confirmed', $3, $4, jsonb_build_object('formerNumbers', $5::jsonb),
    jsonb_build_object('nhsNumber', nhs_number)
  from changed`;

/** $2 question id, $3 instant, $4 by whom, $5 the answer. Settles nothing that is settled. */
export const settleQuestion = `
  update question set answered_at = $3, answered_by = $4, answer = $5
  where authority = $1 and id = $2::uuid and answered_at is null`;
