import { createReadStream, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { SingleBar } from 'cli-progress';
import { parse } from 'csv-parse/sync';
import { ClearError, runScript } from './clear-error';
import { runningNow } from './running';
import { tokenOf } from './token-of';
import { answersTo, follow, send, uploadFile } from './upload-file';
import type { Service, UploadFile, UploadState } from './upload-file';

const usage =
  'Say which file: npm run upload -- <file.csv> … [--authority <GSS code>] [--sequence <n>] [--kind full|delta] [--as <demo name> | --token <token>] [--answers <file>]';
const text = { type: 'string' } as const;
const options = { authority: text, sequence: text, kind: text, as: text, token: text, answers: text };
const demoSystems: Readonly<Record<string, string>> = {
  E06000016: 'leicester-system',
  E10000018: 'leicestershire-system',
};
/** File codes (domain 10) after which nothing of the file is loaded. */
const nothingLoaded = new Set(['CPF01', 'CPF04', 'CPF05', 'CPF06']);

type Whose = { readonly as?: string; readonly token?: string };

// npm run upload: sends files of plans to the running service, one after the other, with a progress bar. What the options
// leave open is read from the file's name, such as leicester-0001-full.csv. --token or UPLOAD_TOKEN replaces the demo token.
runScript(async () => {
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  if (positionals.length === 0) throw new ClearError(usage);
  for (const path of positionals) {
    const file = uploadFile(path, values);
    const service = await serviceFor(file, values);
    const state = await upload(service, file);
    console.log(summary(file, state));
    const answers = await answersTo(service, state);
    for (const line of faultsIn(answers)) console.log(line);
    if (values.answers) writeFileSync(values.answers, answers);
    if (nothingLoaded.has(state.fileCode ?? '')) process.exitCode = 1;
  }
});

const serviceFor = async (
  { authority }: UploadFile,
  { as = demoSystems[authority], token }: Whose,
): Promise<Service> => {
  const given = token ?? process.env['UPLOAD_TOKEN'];
  if (!given && !as) throw new ClearError(`There is no demo system of ${authority}: give one with --token.`);
  const url = process.env['PUBLIC_URL'] ?? runningNow()?.settings['PUBLIC_URL'] ?? 'http://localhost:3000';
  return { url, token: given ?? (await tokenOf(as ?? '')) };
};

const upload = async (service: Service, file: UploadFile): Promise<UploadState> => {
  const address = await withBar('Sending ', file.bytes, (progress) => send(service, file, progress));
  return withBar('Checking', await linesIn(file.path), (progress) => follow(service, address, progress));
};

const withBar = async <T>(
  title: string,
  total: number,
  work: (progress: (n: number) => void) => Promise<T>,
): Promise<T> => {
  const bar = new SingleBar({ format: `${title} {bar} {percentage}% | {value}/{total}`, hideCursor: true });
  bar.start(total, 0);
  try {
    return await work((value) => bar.update(Math.min(value, total)));
  } finally {
    bar.stop();
  }
};

/** The data rows of a file, about: a line break inside quotes counts too, which only a progress bar may overlook. */
const linesIn = async (path: string): Promise<number> => {
  let lines = 0;
  for await (const line of createInterface({ input: createReadStream(path) })) if (line) lines += 1;
  return Math.max(lines - 1, 0);
};

/** The rows that did not load, as many as a screen takes. */
const faultsIn = (answers: string): string[] => {
  const rows: Record<'row' | 'local_id' | 'code' | 'message', string>[] = parse(answers, { columns: true });
  const faulty = rows.filter(({ code }) => code !== 'CPR06');
  const shown = faulty
    .slice(0, 50)
    .map(({ row, local_id: localId, code, message }) => `  row ${row} ${localId || '–'}: ${code} ${message}`);
  return faulty.length > shown.length
    ? [...shown, `  … and ${faulty.length - shown.length} more: --answers <file> has them all`]
    : shown;
};

const summary = ({ path }: UploadFile, state: UploadState): string => {
  const { fileCode, message, counts, gap, questions } = state;
  const lines = [
    `${path}: ${fileCode}${message ? `, ${message}` : ''}`,
    ...(counts
      ? [
          `  ${counts.rows} rows: ${counts.loaded} loaded (${counts.unchanged} unchanged), ${counts.rejected} rejected, ${counts.held} held for approval, ${counts.warnings} warnings`,
        ]
      : []),
    ...(gap ? [`  The files ${gap.expected} to ${gap.received - 1} never came.`] : []),
    ...Object.entries(questions).map(([kind, number]) => `  ${number} × question: ${kind.replaceAll('-', ' ')}`),
    `  Answers, row by row: GET ${state.answers}`,
  ];
  return lines.join('\n');
};
