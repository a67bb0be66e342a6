import { describe, expect, it } from '@jest/globals';
import type { HeldState } from '../plans/held-changes.service';
import { answerLines } from './answers';
import type { CsvRow } from './csv-rows';
import type { StoredAnswer } from './uploads.repository';

const rowsOf = async function* (...localIds: readonly string[]): AsyncGenerator<CsvRow> {
  yield* localIds.map((localId, index) => ({ row: index + 1, localId }));
};
const written = async (
  rows: AsyncIterable<CsvRow>,
  stored: readonly StoredAnswer[] = [],
  held: ReadonlyMap<number, HeldState> = new Map(),
): Promise<string> => {
  const pages = async (after: number): Promise<readonly StoredAnswer[]> =>
    stored.filter(({ row }) => row > after).slice(0, 2);
  const bytes: Buffer[] = [];
  for await (const chunk of answerLines(rows, pages, held)) bytes.push(chunk);
  return Buffer.concat(bytes).toString();
};
const rejected = (row: number): StoredAnswer => ({ row, code: 'CPR07', field: 'end_date', message: `m${row}` });

describe('answers', () => {
  it('are a header alone when there is no row', async () => {
    expect(await written(rowsOf())).toBe('row,local_id,code,field,message\r\n');
  });

  it('put stored answers to their rows, over pages, and call every other row loaded', async () => {
    const lines = (await written(rowsOf('a', 'b', 'c', 'd', 'e', 'f'), [2, 3, 4, 6].map(rejected)))
      .split('\r\n')
      .slice(1, -1);
    expect(lines).toEqual([
      '1,a,CPR06,,Not yet traced.',
      '2,b,CPR07,end_date,m2',
      '3,c,CPR07,end_date,m3',
      '4,d,CPR07,end_date,m4',
      '5,e,CPR06,,Not yet traced.',
      '6,f,CPR07,end_date,m6',
    ]);
  });

  it('keep warnings beside a row that is loaded', async () => {
    const text = await written(rowsOf('a'), [{ row: 1, code: 'CPR06', field: null, message: 'Check it.' }]);
    expect(text).toContain('1,a,CPR06,,Not yet traced. Check it.\r\n');
  });

  it('quote what would break the line, and give formulas back as the plain text that they are', async () => {
    const text = await written(rowsOf('=1+1', 'a,b', 'say "x"', 'two\r\nlines', '@cmd'));
    expect(text).toContain('\r\n1,=1+1,CPR06');
    expect(text).toContain('\r\n2,"a,b",CPR06');
    expect(text).toContain('\r\n3,"say ""x""",CPR06');
    expect(text).toContain('\r\n4,"two\r\nlines",CPR06');
    expect(text).toContain('\r\n5,@cmd,CPR06');
  });

  it('follow what was decided over rows that were held', async () => {
    const held = new Map<number, HeldState>([
      [1, 'waiting'],
      [2, 'applied'],
      [3, 'discarded'],
      [4, 'replaced'],
    ]);
    const lines = (await written(rowsOf('a', 'b', 'c', 'd'), [1, 2, 3, 4].map(rejected), held))
      .split('\r\n')
      .slice(1, -1);
    expect(lines.map((line) => line.split(',').slice(2, 4).join(' '))).toEqual([
      'CPR07 end_date',
      'CPR06 ',
      'CPR07 end_date',
      'CPR07 end_date',
    ]);
    expect(lines[0]).toContain('m1');
    expect(lines[3]).toContain('later row');
  });
});
