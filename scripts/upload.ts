import { createReadStream, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { SingleBar } from 'cli-progress';
import { ClearError, runScript } from './clear-error';
import { runningNow } from './running';
import { tokenOf } from './token-of';
import { answersTo, follow, send, uploadFile } from './upload-file';
import type { Service, UploadFile, UploadState } from './upload-file';

const usage =
  'Say which file: npm run upload -- <file.csv> … [--authority <GSS code>] [--sequence <n>] [--kind full|delta] [--as <demo name>] [--answers <file>]';
const text = { type: 'string' } as const;
const options = { authority: text, sequence: text, kind: text, as: text, answers: text };
const demoSystems: Readonly<Record<string, string>> = {
  E06000016: 'leicester-system',
  E10000018: 'leicestershire-system',
};
/** File codes (domain 10) after which nothing of the file is loaded. */
const nothingLoaded = new Set(['CPF01', 'CPF04', 'CPF05', 'CPF06']);

// npm run upload: sends files of plans to the running service, one after the other, with a progress bar. What the options
// leave open is read from the file's name, such as leicester-0001-full.csv. UPLOAD_TOKEN replaces the demo token.
runScript(async () => {
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  if (positionals.length === 0) throw new ClearError(usage);
  for (const path of positionals) {
    const file = uploadFile(path, values);
    const service = await serviceFor(file, values.as);
    const state = await upload(service, file);
    console.log(summary(file, state));
    if (values.answers) writeFileSync(values.answers, await answersTo(service, state));
    if (nothingLoaded.has(state.fileCode ?? '')) process.exitCode = 1;
  }
});

const serviceFor = async ({ authority }: UploadFile, as = demoSystems[authority]): Promise<Service> => {
  const given = process.env['UPLOAD_TOKEN'];
  if (!given && !as) throw new ClearError(`There is no demo system of ${authority}: set UPLOAD_TOKEN to a token.`);
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
