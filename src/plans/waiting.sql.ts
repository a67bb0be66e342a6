// Changes that the guard holds (performance.md, "Uploads"). $1 is always the authority (GSS code).

export const holdRemovals = `update plan_difference set held = true where removes`;

/** $2 instant, $3 upload id. */
export const insertWaiting = `
  insert into waiting_change (upload_id, row, authority, local_id, change, state, since)
  select $3::uuid, s.row, $1, s.local_id, to_jsonb(s), 'waiting', $2
  from plan_difference d join staged_row s on s.row = d.row where d.held`;

export const answerHeld = `
  update staged_row s set code = 'CPR07',
    field = case when s.end_date is not null then 'end_date' else 'birth_date' end,
    message = 'Waiting for approval: the file would end more plans than usual, so a person decides whether this row applies.'
  from plan_difference d where d.held and d.row = s.row`;

/** $2 upload id, $3 the decision, $4 instant, $5 by whom. */
export const decideWaiting = `
  update waiting_change set state = $3, decided_at = $4, decided_by = $5
  where authority = $1 and upload_id = $2::uuid and state = 'waiting'`;

/** $2 upload id, $3 instant of the decision: stages again what waited and was just let through. */
export const stageWaiting = `
  insert into staged_row
  select s.* from waiting_change w, jsonb_populate_record(null::staged_row, w.change) s
  where w.authority = $1 and w.upload_id = $2::uuid and w.state = 'applied' and w.decided_at = $3`;

/** $2 upload id. */
export const countWaiting = `
  select state, count(*)::int as rows from waiting_change where authority = $1 and upload_id = $2::uuid group by state`;
