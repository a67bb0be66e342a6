// Questions to an authority that a merge raises or settles. $1 is always the authority (GSS code), $2 the instant.

const openOf = (kind: string): string => `q.authority = $1 and q.kind = '${kind}' and q.answered_at is null`;
const notOpen = (kind: string, planId: string): string =>
  `not exists (select from question q where ${openOf(kind)} and q.plan_id = ${planId})`;

/** A number that changed again makes one new question out of two. $3 by whom. */
export const replaceNumberQuestions = `
  update question q set answered_at = $2, answered_by = $3, answer = 'replaced' from plan_difference d
  where ${openOf('number-changed')} and q.plan_id = d.plan_id and d.number_changed and not d.held`;
export const askAboutNumbers = `
  insert into question (id, authority, kind, cause, plan_id, raised_at)
  select gen_random_uuid(), $1, 'number-changed', d.plan_id || '/' || d.version, d.plan_id, $2
  from plan_difference d where d.number_changed and not d.held and d.now_state is not null`;

/** $3 by whom. */
export const settleEndReasons = `
  update question q set answered_at = $2, answered_by = $3, answer = 'supplied' from plan_difference d
  where ${openOf('end-reason-missing')} and q.plan_id = d.plan_id and not d.held
    and (d.end_reason is not null or d.end_date is null)`;
/** Without its reason an ended unborn plan is shown as ended, since a loss may have to leave sight at once (data/README). */
export const askForEndReasons = `
  insert into question (id, authority, kind, cause, plan_id, raised_at)
  select gen_random_uuid(), $1, 'end-reason-missing', d.plan_id || '/' || d.version, d.plan_id, $2
  from plan_difference d join staged_row s on s.row = d.row
  where s.type = 'UCPP' and d.end_date is not null and d.end_reason is null and d.now_state is not null
    and d.effect <> 'same' and not d.held and ${notOpen('end-reason-missing', 'd.plan_id')}`;

/** $3 by whom. */
export const settleMissing = `
  update question q set answered_at = $2, answered_by = $3, answer = 'supplied-again'
  from plan p join staged_row s on s.local_id = p.local_id and s.code = 'CPR06'
  where ${openOf('missing-from-full')} and p.id = q.plan_id and p.authority = $1`;
/** Never a deletion: a live plan that a full file does not mention, not even in a faulty row. $3 London day, $4 sequence. */
export const askAboutMissing = `
  insert into question (id, authority, kind, cause, plan_id, detail, raised_at)
  select gen_random_uuid(), $1, 'missing-from-full', p.id || '/' || $4::integer, p.id,
    jsonb_build_object('sequence', $4::integer), $2
  from plan p
  where p.authority = $1
    and plan_state(p.type, p.end_date, p.end_reason, p.expected_delivery_date, p.birth_date, $3::date)
      in ('active', 'expired-unresolved')
    and not exists (select from staged_row s where s.local_id = p.local_id)
    and ${notOpen('missing-from-full', 'p.id')}`;

/** $3 upload id, $4 sequence, $5 rows held, $6 live plans. */
export const askForApproval = `
  insert into question (id, authority, kind, cause, detail, raised_at)
  values (gen_random_uuid(), $1, 'guard', 'upload/' || $3::text,
    jsonb_build_object('sequence', $4::integer, 'held', $5::integer, 'live', $6::integer), $2)`;
/** Nothing of an earlier file waits any more. $3 by whom. */
export const settleApprovals = `
  update question q set answered_at = $2, answered_by = $3, answer = 'replaced'
  where ${openOf('guard')} and not exists (
    select from waiting_change w where w.authority = $1 and w.state = 'waiting' and q.cause = 'upload/' || w.upload_id)`;
/** $3 by whom, $4 upload id, $5 the decision. */
export const settleApproval = `
  update question q set answered_at = $2, answered_by = $3, answer = $5::text
  where ${openOf('guard')} and q.cause = 'upload/' || $4::text`;
