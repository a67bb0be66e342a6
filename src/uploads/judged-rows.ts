import type { RowJudge } from '../plans/row-judge';
import type { StagedRow } from '../plans/staging';
import type { CsvRow } from './csv-rows';
import { MalformedFile } from './malformed-file';

const rowsBetweenSigns = 20_000;

interface Reading {
  readonly kind: 'full' | 'delta';
  readonly judge: RowJudge;
  /** Hears now and then how many rows were read. */
  readonly progress: (rowsRead: number) => Promise<void>;
}

/** Each row with its verdict. Throws `MalformedFile` when a full file has none: it would question every plan. */
export async function* judgedRows(
  rows: AsyncIterable<CsvRow>,
  { kind, judge, progress }: Reading,
): AsyncGenerator<StagedRow> {
  let read = 0;
  for await (const row of rows) {
    yield row.cells ? judge(row.cells, row.row) : unfitting(row);
    read = row.row;
    if (read % rowsBetweenSigns === 0) await progress(read);
  }
  if (read > 0 || kind === 'delta') return;
  throw new MalformedFile(
    'CPF01',
    'A full file without a row would question every plan: send a delta when nothing changed.',
  );
}

const unfitting = ({ row, localId, fault = '' }: CsvRow): StagedRow => ({
  row,
  localId,
  plan: null,
  contentHash: null,
  code: 'CPR07',
  field: null,
  message: fault,
});
