import type { MergeOutcome, MergeRoom } from '../plans/merge-source';
import { fileCodeOf } from './file-code.rules';
import type { Upload, UploadCounts } from './upload.entity';

/** Answers that say more than "loaded" are kept; the others follow from the file itself. */
const keepAnswers = `
  insert into upload_row (upload_id, authority, row, code, field, message)
  select $1::uuid, $2, row, code, field, coalesce(message, '') from staged_row where code <> 'CPR06' or message is not null`;

const countRows = `
  select count(*)::int as rows, count(*) filter (where code = 'CPR06')::int as loaded,
    count(*) filter (where code = 'CPR06' and message is not null)::int as warnings
  from staged_row`;

const countQuestions = `
  select coalesce(jsonb_object_agg(kind, raised), '{}') as questions
  from (select kind, count(*) as raised from question where authority = $1 and raised_at = $2 group by kind) by_kind`;

const finish = `
  update upload set state = 'done', rows_read = $2, file_code = $3, counts = $4, finished_at = $5
  where id = $1::uuid and state = 'received'`;

/** Writes what became of the file, inside the merge's own transaction. */
export async function recordOutcome(merge: MergeRoom, upload: Upload, outcome: MergeOutcome): Promise<UploadCounts> {
  const { client, source } = merge;
  await client.query(keepAnswers, [upload.id, upload.authority]);
  const counts = await countsOf(merge, outcome);
  await client.query(finish, [upload.id, counts.rows, fileCodeOf(counts), JSON.stringify(counts), source.at]);
  return counts;
}

async function countsOf({ client, source }: MergeRoom, outcome: MergeOutcome): Promise<UploadCounts> {
  const { rows: counted } = await client.query<{ rows: number; loaded: number; warnings: number }>(countRows);
  const { rows: asked } = await client.query<{ questions: Record<string, number> }>(countQuestions, [
    source.authority,
    source.at,
  ]);
  const { rows = 0, loaded = 0, warnings = 0 } = counted[0] ?? {};
  const { recorded, amended, ended, held } = outcome;
  return {
    rows,
    loaded,
    unchanged: loaded - recorded - amended - ended,
    rejected: rows - loaded - held,
    held,
    warnings,
    recorded,
    amended,
    ended,
    questions: asked[0]?.questions ?? {},
  };
}

/** Looked at again under the lock: another process may have merged it since. */
export async function isStillNext({ client }: MergeRoom, { authority, id }: Upload): Promise<boolean> {
  const { rows } = await client.query<{ id: string }>(
    `select id from upload where authority = $1 and state = 'received' order by sequence limit 1`,
    [authority],
  );
  return rows[0]?.id === id;
}
