import { execFile } from 'node:child_process';
import { join, resolve } from 'node:path';
import { expect } from '@jest/globals';
import { Client } from 'pg';
import type { AlertSummary } from '../../src/alerts/alert.schema';
import type { CheckAnswer } from '../../src/accesses/check.schema';
import { LiveProduct, until } from '../support/live-product';
import type { CallOptions } from '../support/product';
import { temporalOf, type ProductTemporal } from '../support/product-temporal';
import { plainCheck } from '../support/requests';
import { ownDevServer, type OwnDevServer } from '../support/temporal';

export const leicester = 'E06000016';
const doctorProgram = join(resolve(__dirname, '../..'), 'dist/src/doctor-main.js');

export interface DoctorSays {
  readonly exitCode: number;
  readonly lines: readonly string[];
}

/** The product as it ships, on a PostgreSQL database and a Temporal server of its own. */
export class Stage {
  private constructor(
    readonly server: OwnDevServer,
    readonly product: LiveProduct,
    readonly temporal: ProductTemporal,
    /** The superuser, behind the product's back. */
    readonly rows: Client,
  ) {}

  static async open(options: { readonly inMemory?: boolean } = {}): Promise<Stage> {
    const server = await ownDevServer(options);
    const product = await LiveProduct.start({ temporalAddress: server.address });
    const rows = new Client({ connectionString: product.databases.ownerUrl });
    await rows.connect();
    return new Stage(server, product, await temporalOf(product.environment), rows);
  }

  async close(): Promise<void> {
    await this.rows.end();
    await this.temporal.close();
    await this.product.stop();
    await this.server.stop();
  }

  /** The answer's content; it must come with this status. */
  async ask<T>(as: string, method: string, path: string, gives: number, options: CallOptions = {}): Promise<T> {
    const answer = await this.product.call(as, method, path, options);
    const text = await answer.text();
    expect({ path, status: answer.status, text }).toEqual({ path, status: gives, text });
    return JSON.parse(text) as T;
  }

  check(nhsNumber: string): Promise<CheckAnswer> {
    return this.ask('ed-system', 'POST', '/checks', 200, { body: plainCheck(nhsNumber) });
  }

  alerts(as = 'worker'): Promise<AlertSummary[]> {
    return this.ask(as, 'GET', '/alerts', 200);
  }

  /** A batch by hand, to its end. */
  async runBatch(): Promise<{ slot: string; notices: number; alerts: number }> {
    const path = `/authorities/${leicester}/batches`;
    const { slot } = await this.ask<{ slot: string }>('leicester-system', 'POST', path, 202);
    await until('the batch is done', async () => {
      const { state } = await this.ask<{ state: string }>('leicester-system', 'GET', `${path}/${slot}`, 200);
      return state === 'done';
    });
    return this.ask('leicester-system', 'GET', `${path}/${slot}`, 200);
  }

  async count(sql: string, values: readonly unknown[] = []): Promise<number> {
    return Number((await this.rows.query(sql, [...values])).rows[0].count);
  }

  everythingIsTold(seconds = 120): Promise<void> {
    const untold = 'select count(*) from outbox where told_at is null';
    return until('everything is told', async () => (await this.count(untold)) === 0, seconds);
  }

  /** `npm run doctor` without npm; `laterMs` moves its clock on. */
  doctor(laterMs = 0): Promise<DoctorSays> {
    const offset = Number(this.product.environment['CLOCK_OFFSET_MS']) + laterMs;
    const env = { PATH: process.env['PATH'] ?? '', ...this.product.environment, CLOCK_OFFSET_MS: String(offset) };
    return new Promise((resolveWith) => {
      const child = execFile(process.execPath, [doctorProgram], { env }, (_error, stdout, stderr) =>
        resolveWith({ exitCode: child.exitCode ?? -1, lines: (stdout + stderr).trimEnd().split('\n') }),
      );
    });
  }
}
