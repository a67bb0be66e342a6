import type { HeldState } from '../plans/held-changes.service';
import type { CsvRow } from './csv-rows';
import type { StoredAnswer } from './uploads.repository';

/** Stored answers by row, ascending, a page after a row. */
export type AnswerPages = (afterRow: number) => Promise<readonly StoredAnswer[]>;

const notTraced = 'Not yet traced.';
const linesAtOnce = 500;

/**
 * The answers of a file as CSV (RFC 4180, CRLF): `row,local_id,code,field,message`, one for each row, in its order.
 * A row without a stored answer is loaded. What the demographics service says of a number comes later (data/README).
 */
export async function* answerLines(
  rows: AsyncIterable<CsvRow>,
  pages: AnswerPages,
  held: ReadonlyMap<number, HeldState>,
): AsyncGenerator<Buffer> {
  const answers = inOrder(pages);
  let next = await answers.next();
  let lines = [line(['row', 'local_id', 'code', 'field', 'message'])];
  for await (const { row, localId } of rows) {
    const stored = !next.done && next.value.row === row ? next.value : undefined;
    if (stored) next = await answers.next();
    const { code, field, message } = answerOf(stored, held.get(row));
    lines.push(line([String(row), localId, code, field ?? '', message]));
    if (lines.length < linesAtOnce) continue;
    yield Buffer.from(lines.join(''));
    lines = [];
  }
  yield Buffer.from(lines.join(''));
}

/** Only the header: what is wrong with the whole file stands on the upload itself. */
export const noAnswers = (): Buffer => Buffer.from(line(['row', 'local_id', 'code', 'field', 'message']));

type Answer = Omit<StoredAnswer, 'row'>;

function answerOf(stored: Answer | undefined, held: HeldState | undefined): Answer {
  if (!stored) return { code: 'CPR06', field: null, message: notTraced };
  if (held !== undefined) return heldAnswer(stored, held);
  return stored.code === 'CPR06' ? { ...stored, message: `${notTraced} ${stored.message}` } : stored;
}

function heldAnswer({ field, message }: Answer, held: HeldState): Answer {
  switch (held) {
    case 'waiting':
      return { code: 'CPR07', field, message };
    case 'applied':
      return { code: 'CPR06', field: null, message: `${notTraced} A person let this row apply.` };
    case 'discarded':
      return { code: 'CPR07', field, message: 'Not applied: a person discarded this row.' };
    case 'replaced':
      return { code: 'CPR07', field, message: 'Not applied: a later row for the same plan replaced this one.' };
    default:
      return assertNever(held);
  }
}

async function* inOrder(pages: AnswerPages): AsyncGenerator<StoredAnswer, undefined> {
  for (let after = 0; ;) {
    const page = await pages(after);
    yield* page;
    const last = page.at(-1);
    if (!last) return;
    after = last.row;
  }
}

const line = (cells: readonly string[]): string => `${cells.map(cell).join(',')}\r\n`;
const cell = (text: string): string => (/[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
const assertNever = (value: never): never => {
  throw new Error(`unknown state: ${String(value)}`);
};
