import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { planColumns } from '../plans/supplied-plan';
import { csvRows, type CsvRow } from './csv-rows';
import { MalformedFile } from './malformed-file';

const head = planColumns.slice(0, 11).join(',');
const line = 'LCS-1,CPP,9434765919,Testerby,Robin,2018-05-04,2026-03-02,,,W001,T01';

const read = async (...chunks: readonly (string | Buffer)[]): Promise<CsvRow[]> => {
  const bytes = async function* (): AsyncGenerator<Buffer> {
    for (const chunk of chunks) yield Buffer.from(chunk as string);
  };
  const rows: CsvRow[] = [];
  for await (const row of csvRows(bytes())) rows.push(row);
  return rows;
};
const faultOf = async (...chunks: readonly (string | Buffer)[]): Promise<string> => {
  try {
    await read(...chunks);
  } catch (error) {
    if (error instanceof MalformedFile) return `${error.fileCode} ${error.message}`;
    throw error;
  }
  return 'no fault';
};

describe('a file', () => {
  it('is read with or without a byte order mark, with CRLF, LF and a mix of both', async () => {
    for (const file of [
      `${head}\n${line}\n`,
      `\ufeff${head}\r\n${line}\r\n`,
      `${head}\r\n${line}\n${line}`,
      `"${head.replaceAll(',', '","')}"\r${line}\r`,
    ]) {
      const rows = await read(file);
      expect(rows[0]).toMatchObject({
        row: 1,
        localId: 'LCS-1',
        cells: { family_name: 'Testerby', team_ref: 'T01', end_reason: '' },
      });
    }
  });

  it('says the same in whatever pieces it comes', async () => {
    const file = Buffer.from(
      `\ufeff${head}\r\n${line.replace('Testerby', '"Ó, ""Zoë""\r\nMüller"')}\r\n\r\n${line}\r\n`,
    );
    const whole = await read(file);
    expect(whole).toHaveLength(2);
    expect(whole[0]?.cells?.family_name).toBe('Ó, "Zoë"\r\nMüller');
    const cuts = fc.array(fc.nat(file.length), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(cuts, async (at) => {
        const places = [0, ...at.sort((one, other) => one - other), file.length];
        const pieces = places.slice(1).map((end, index) => file.subarray(places[index], end));
        expect(await read(...pieces)).toEqual(whole);
      }),
      { numRuns: 100 },
    );
  });

  it('may have its columns in another order, and an end reason at the end', async () => {
    const names = planColumns.toReversed();
    const [row] = await read(`${names.join(',')}\n${names.map((name) => `<${name}>`).join(',')}\n`);
    expect(row?.cells).toEqual(Object.fromEntries(planColumns.map((name) => [name, `<${name}>`])));
  });

  it('keeps its row numbers over empty lines at its end and counts a line of commas as a row', async () => {
    const rows = await read(`${head}\n${line}\n${',,,,,,,,,,'}\n\n\n`);
    expect(rows.map(({ row }) => row)).toEqual([1, 2]);
  });

  it('with a line of too many or too few fields faults that line alone', async () => {
    const rows = await read(`${head}\n${line},extra\nLCS-2,CPP\n${line}\n`);
    expect(rows.map(({ fault }) => fault !== undefined)).toEqual([true, true, false]);
    expect(rows[1]).toMatchObject({ row: 2, localId: 'LCS-2' });
  });

  it.each<[string, (string | Buffer)[], RegExp]>([
    ['that is empty', [''], /CPF01 .*empty/],
    ['of a byte order mark alone', ['\ufeff'], /CPF01 .*empty/],
    ['without a column', [head.replace('birth_date,', '')], /CPF01 .*lacks.*birth_date/],
    ['with a column twice', [`${head},team_ref`], /CPF01 .*twice: team_ref/],
    ['with a column that nobody knows', [`${head},shoe_size`], /CPF01 .*not know: shoe_size/],
    ['of another version', ['child_id,pin,surname\n1,2,3\n'], /CPF06 /],
    ['without a header', [`${line}\n`], /CPF06 /],
    ['separated by semicolons', [head.replaceAll(',', ';')], /CPF01 .*commas/],
    ['in Latin-1', [head, '\n', Buffer.from(line.replace('Testerby', 'M\u00fcller'), 'latin1')], /CPF01 .*UTF-8/],
    ['in UTF-16', [Buffer.from(head, 'utf16le')], /CPF01 .*NUL/],
    ['cut in the middle of a letter', [head, '\n', Buffer.from('Ó').subarray(0, 1)], /CPF01 .*UTF-8/],
    ['with a NUL', [head, '\n', line.replace('Testerby', 'Tester\0by')], /CPF01 .*NUL/],
    ['with a quote that is not closed', [`${head}\n${line}\n"LCS-2,CPP`], /CPF01 .*after row 1 is not closed/],
    ['with a quote that swallows the rest', [`${head}\n"LCS-2\n${`${line}\n`.repeat(3000)}`], /CPF01 .*longer than/],
    ['with a quote inside a value', [`${head}\n${line.replace('Testerby', 'Tes"ter"by')}`], /CPF01 .*quote/],
  ])('%s is malformed as a whole, and the message shows nothing of its rows', async (_, chunks, fault) => {
    const said = await faultOf(...chunks);
    expect(said).toMatch(fault);
    expect(said).not.toMatch(/Testerby|9434765919|LCS-/);
  });
});
