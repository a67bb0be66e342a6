import { randomUUID } from 'node:crypto';
import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { ClearError } from './clear-error';
import { checkout } from './places';

/** A file of plans and where it belongs. */
export type UploadFile = {
  readonly path: string;
  readonly bytes: number;
  readonly authority: string;
  readonly sequence: number;
  readonly kind: string;
};

export type UploadOptions = { readonly authority?: string; readonly sequence?: string; readonly kind?: string };

const authorityNamed = (name: string): string | undefined => {
  const list = readFileSync(join(checkout, 'data', 'local-authorities.csv'));
  const rows: { gss_code: string; name: string }[] = parse(list, { columns: true, bom: true });
  return rows.find((row) => row.name.toLowerCase().replaceAll(' ', '-') === name)?.gss_code;
};

/** Reads what the options leave open from a name such as `leicester-0001-full.csv`. @throws ClearError when it is not there. */
export const uploadFile = (path: string, options: UploadOptions): UploadFile => {
  if (!existsSync(path)) throw new ClearError(`There is no file ${path}.`);
  const [, name = '', number, kindInName] = /^(.+?)-(\d+)-(full|delta)\b/.exec(basename(path)) ?? [];
  const authority = options.authority ?? authorityNamed(name);
  const [sequence, kind] = [Number(options.sequence ?? number), options.kind ?? kindInName];
  if (!authority) throw new ClearError(`Whose is ${path}? Say --authority <GSS code>.`);
  if (!sequence) throw new ClearError(`Which number has ${path}? Say --sequence <n>.`);
  if (!kind) throw new ClearError(`Is ${path} everything or what changed? Say --kind full or --kind delta.`);
  return { path, bytes: statSync(path).size, authority, sequence, kind };
};

const count = z.number();
const view = z.object({
  state: z.string(),
  progress: z.object({ rowsRead: count }),
  fileCode: z.string().nullable(),
  message: z.string().nullable(),
  counts: z
    .object({ rows: count, loaded: count, unchanged: count, rejected: count, held: count, warnings: count })
    .nullable(),
  gap: z.object({ expected: count, received: count }).nullable(),
  questions: z.record(z.string(), count),
  answers: z.string(),
});
/** How far the service is with a file, and what became of it. */
export type UploadState = z.infer<typeof view>;

export type Service = { readonly url: string; readonly token: string };
export type Progress = (done: number) => void;

const problem = z.object({ title: z.string(), detail: z.string().optional() });

const call = async ({ url, token }: Service, path: string, init: RequestInit = {}): Promise<Response> => {
  const headers = { ...init.headers, authorization: `Bearer ${token}` };
  const response = await fetch(new URL(path, url), { ...init, headers }).catch(() => undefined);
  if (!response) throw new ClearError(`The service does not answer at ${url}: start it with npm start.`);
  if (response.ok) return response;
  const told = problem.safeParse(await response.json().catch(() => ({})));
  const said = told.success ? `${told.data.title} ${told.data.detail ?? ''}`.trim() : `it answered ${response.status}`;
  throw new ClearError(`The service did not take it: ${said}`);
};

/** Sends a file; `sent` hears of every part, in bytes. Gives the upload's address. */
export const send = async (service: Service, file: UploadFile, sent: Progress): Promise<string> => {
  let bytes = 0;
  const parts = createReadStream(file.path).on('data', (part) => sent((bytes += part.length)));
  const response = await call(
    service,
    `/authorities/${file.authority}/uploads?sequence=${file.sequence}&kind=${file.kind}`,
    {
      method: 'POST',
      headers: { 'content-type': 'text/csv', 'x-request-id': randomUUID() },
      body: Readable.toWeb(parts),
      duplex: 'half',
    },
  );
  await response.arrayBuffer();
  return response.headers.get('location') ?? '';
};

/** Waits until the service has dealt with every row; `read` hears how many it has read. */
export const follow = async (service: Service, address: string, read: Progress): Promise<UploadState> => {
  for (;;) {
    const state = view.parse(await (await call(service, address)).json());
    read(state.progress.rowsRead);
    if (state.state === 'done') return state;
    await pause(250);
  }
};

/** The answers to all rows, as CSV. */
export const answersTo = async (service: Service, state: UploadState): Promise<string> =>
  (await call(service, state.answers)).text();
