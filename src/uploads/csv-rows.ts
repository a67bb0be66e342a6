import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import type { PlanRow } from '../plans/supplied-plan';
import { readHeader, type Header } from './csv-header';
import { MalformedFile } from './malformed-file';
import { plainText } from './plain-text';

/** A data row, counted from 1. `cells` is missing when the line has another number of fields than the header. */
export interface CsvRow {
  readonly row: number;
  /** As it came, trimmed; the first field when the line does not fit the header. */
  readonly localId: string;
  readonly cells?: PlanRow;
  readonly fault?: string;
}

const longestLineBytes = 100_000;

/**
 * The rows of a CSV file (RFC 4180; UTF-8 with or without BOM; CRLF or LF), as fast as they are asked for.
 * Empty lines are no rows. Throws `MalformedFile` where the whole file cannot be read: nothing after it counts.
 */
export async function* csvRows(bytes: AsyncIterable<Buffer>): AsyncGenerator<CsvRow> {
  const parser = Readable.from(plainText(bytes)).compose(newParser()) as AsyncIterable<string[]>;
  let header: Header | undefined;
  let row = 0;
  try {
    for await (const cells of parser) {
      if (header) yield rowOf(header, cells, ++row);
      else header = readHeader(cells);
    }
  } catch (error) {
    throw asMalformed(error, row);
  }
  if (!header) throw new MalformedFile('CPF01', 'The file is empty.');
}

const newParser = (): ReturnType<typeof parse> =>
  parse({
    bom: true,
    relax_column_count: true,
    skip_empty_lines: true,
    record_delimiter: ['\r\n', '\n', '\r'],
    max_record_size: longestLineBytes,
  });

function rowOf(header: Header, values: readonly string[], row: number): CsvRow {
  if (values.length !== header.width) {
    const fault = `This line has ${values.length} fields where the first line has ${header.width}: put quotes around a value with a comma.`;
    return { row, localId: (values[0] ?? '').trim(), fault };
  }
  const cells = header.rowOf(values);
  return { row, localId: cells.local_id.trim(), cells };
}

/** The parser's own words may hold what the file holds; ours never do. */
function asMalformed(error: unknown, row: number): unknown {
  if (!(error instanceof CsvError)) return error;
  const where = row === 0 ? 'in the first lines' : `after row ${row}`;
  if (error.code === 'CSV_MAX_RECORD_SIZE')
    return new MalformedFile(
      'CPF01',
      `A line ${where} is longer than ${longestLineBytes} bytes: a quote may not be closed.`,
    );
  if (error.code === 'CSV_QUOTE_NOT_CLOSED') return new MalformedFile('CPF01', `A quote ${where} is not closed.`);
  return new MalformedFile(
    'CPF01',
    `A quote ${where} stands where none may: write it twice and put quotes around the value.`,
  );
}
