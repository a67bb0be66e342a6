import { execFile } from 'node:child_process';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect } from '@jest/globals';
import { Client } from 'pg';
import { LiveProduct } from '../support/live-product';
import type { CallOptions } from '../support/product';
import { temporalOf, type ProductTemporal } from '../support/product-temporal';
import { ownDevServer, type OwnDevServer } from '../support/temporal';
import type { Place } from './scanner';

export const leicester = '/authorities/E06000016';
const project = resolve(__dirname, '../..');

/** The product as it ships, talkative, on servers of its own; and what was read on the way. */
export interface Run {
  readonly product: LiveProduct;
  readonly server: OwnDevServer;
  readonly temporal: ProductTemporal;
  /** The superuser, behind the product's back. */
  readonly owner: Client;
  readonly read: Place[];
  readonly end: () => Promise<void>;
}

/** In real time: workflows live by the server's clock, and dates of people stand apart from it. */
export async function startRun(): Promise<Run> {
  const server = await ownDevServer();
  const environment = { LOG_LEVEL: 'trace', CLOCK_OFFSET_MS: '0' };
  const product = await LiveProduct.start({ temporalAddress: server.address, environment });
  const temporal = await temporalOf(product.environment);
  const owner = new Client({ connectionString: product.databases.ownerUrl });
  await owner.connect();
  const end = async (): Promise<void> => {
    await owner.end();
    await temporal.close();
    await product.stop();
    await server.stop();
  };
  return { product, server, temporal, owner, read: [], end };
}

interface Call extends CallOptions {
  readonly as: string;
  readonly method?: string;
  readonly path: string;
  /** One of these statuses must come, or the run is not the run that it says it is. */
  readonly gives: readonly number[];
}

/** One call, whose answer must be as expected. Its headers may be kept by anybody between here and there. */
export async function call(
  { read, product }: Run,
  { as, method = 'POST', path, gives, ...rest }: Call,
): Promise<string> {
  const answer = await product.call(as, method, path, rest);
  const text = await answer.text();
  if (!gives.includes(answer.status)) throw new Error(`${method} ${path} gave ${answer.status}: ${text}`);
  read.push({ name: `headers of ${method} ${path.slice(0, 20)}`, text: JSON.stringify([...answer.headers]) });
  return text;
}

export const count = async ({ owner }: Run, sql: string): Promise<number> =>
  Number((await owner.query(sql)).rows[0].count);

/** What the doctor prints; it says that something is wrong by its exit code, which is no matter here. */
export async function askDoctor({ product, read }: Run): Promise<void> {
  const program = join(project, 'dist/src/doctor-main.js');
  const env = { PATH: process.env['PATH'] ?? '', ...product.environment };
  const said = await promisify(execFile)(process.execPath, [program], { env }).catch((error: unknown) => error);
  const { stdout, stderr } = said as { stdout: string; stderr: string };
  expect(stdout).toMatch(/All is well|Not well/);
  read.push({ name: 'what the doctor said', text: stdout + stderr });
}
