import { request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { Clock } from '../../src/platform/clock';
import { PlansService } from '../../src/plans/plans.service';
import { UploadMerging } from '../../src/uploads/upload-merging';
import { UploadsRepository } from '../../src/uploads/uploads.repository';
import { aRow } from '../builders/plan-row.builder';
import { fileOf } from '../builders/upload-file.builder';
import { startProduct, type Product } from '../support/product';
import { testNumber } from '../support/requests';
import { answersOf, readUpload, sendUpload } from '../support/uploads';

const limit = 400_000;
const rowsAFile = 1500;
const plansOf = (file: number) =>
  Array.from({ length: rowsAFile }, (_, n) =>
    aRow()
      .called(`k${file}-${n}`)
      .under(testNumber(20_000 + file * rowsAFile + n)),
  );

/** A small generator, so that a failing run can be run again from its printed seed. */
const randomFrom = (seed: number) => {
  let state = seed;
  return (): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
};

describe('uploads that are disturbed', () => {
  let product: Product;
  let rows: Client;

  beforeAll(async () => {
    product = await startProduct({ environment: { UPLOAD_LIMIT_BYTES: String(limit) } });
    rows = new Client({ connectionString: product.databases.ownerUrl });
    await rows.connect();
  });
  afterAll(async () => {
    await rows.end();
    await product.stop();
  });

  const merging = (): UploadMerging => product.app.get(UploadMerging);
  const count = async (what: string): Promise<number> =>
    (await rows.query<{ n: number }>(`select count(*)::int as n from ${what}`)).rows[0]?.n ?? 0;
  /** What a killed process leaves behind: its connections are gone in the middle of a statement. */
  const cutOff = (): Promise<unknown> =>
    rows.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and usename = 'cpis_app'`,
    );

  it('apply wholly, once and in order, though every merge is cut off at a random moment', async () => {
    const seed = Date.now() % 100_000;
    process.stdout.write(`uploads-recovery: seed ${seed}\n`);
    const random = randomFrom(seed);
    for (const sequence of [1, 2]) {
      const sent = await sendUpload(product, { csv: fileOf(plansOf(sequence)), sequence });
      expect(sent.status).toBe(202);
    }
    for (let attempt = 0; attempt < 8 && (await count(`upload where state = 'received'`)) > 0; attempt += 1) {
      const merged = merging().mergeReceived();
      await pause(random() * 500);
      await cutOff();
      await merged.catch(() => undefined);
      const done = await count(`upload where state = 'done'`);
      // wholly or not at all, and the second never before the first
      expect(await count('plan')).toBe(done * rowsAFile);
      expect(await count(`plan where local_id like 'k2-%'`)).toBe(done === 2 ? rowsAFile : 0);
      product.app.get(Clock).advance(120_000); // past the pause after a failure
    }
    await merging().mergeReceived();
    for (const table of ['plan', 'plan_number', 'plan_event', 'outbox']) expect(await count(table)).toBe(2 * rowsAFile);
    const view = await readUpload(product, '/authorities/E06000016/uploads/2');
    expect(view).toMatchObject({ state: 'done', fileCode: 'CPF02', counts: { recorded: rowsAFile } });
    expect(await answersOf(product, view)).toHaveLength(rowsAFile);
  });

  it('are merged once when several processes look at the same moment', async () => {
    await sendUpload(product, { csv: fileOf(plansOf(3)), sequence: 3 });
    const others = await Promise.all([merging().mergeReceived(), merging().mergeReceived(), merging().mergeReceived()]);
    expect(others.reduce((sum, finished) => sum + finished, 0)).toBe(1);
    expect(await count(`plan_event where upload_sequence = 3`)).toBe(rowsAFile);
  });

  it('are left alone by a process that looked before another one merged them, and wakes after', async () => {
    const repository = product.app.get(UploadsRepository);
    const csv = fileOf([aRow().called('zombie').under(testNumber(60_020))]);
    await sendUpload(product, { csv, sequence: 4 });
    const stale = await repository.findNext('E06000016');
    await merging().mergeReceived();
    let looked = 0;
    const asBefore: UploadsRepository = Object.assign(Object.create(repository) as UploadsRepository, {
      findWaiting: async () => ['E06000016'],
      findNext: async () => (looked++ === 0 ? stale : null),
    });
    const zombie = new UploadMerging(asBefore, product.app.get(PlansService), product.app.get(Clock));
    expect(await zombie.mergeReceived()).toBe(0);
    expect(looked).toBe(1);
    expect(await count(`plan_event where upload_sequence = 4`)).toBe(1);
  });

  it('are one upload when the same file is sent several times at the same moment', async () => {
    const csv = fileOf([aRow().called('same').under(testNumber(60_001))]);
    const answers = await Promise.all([1, 2, 3, 4].map(() => sendUpload(product, { csv, sequence: 5 })));
    expect(answers.map(({ status }) => status)).toEqual([202, 202, 202, 202]);
    expect(await count('upload where sequence = 5')).toBe(1);
  });

  it('of two files under one number take one, and refuse the other', async () => {
    const files = [1, 2].map((n) =>
      fileOf([
        aRow()
          .called(`rival-${n}`)
          .under(testNumber(60_010 + n)),
      ]),
    );
    const answers = await Promise.all(files.map((csv) => sendUpload(product, { csv, sequence: 6 })));
    expect(answers.map(({ status }) => status).sort()).toEqual([202, 409]);
  });

  it('are refused with 413 when they are longer than the limit', async () => {
    const answer = await sendUpload(product, { csv: 'x'.repeat(limit + 1), sequence: 7 });
    expect(answer.status).toBe(413);
    expect(((await answer.json()) as { detail: string }).detail).toContain(String(limit));
    expect(await count('upload where sequence = 7')).toBe(0);
  });

  it('leave nothing behind when the sender breaks off', async () => {
    const bearer = await product.token('leicester-system');
    const headers = {
      authorization: `Bearer ${bearer}`,
      'content-type': 'text/csv',
      'x-request-id': 'broken-off',
      'content-length': '100000',
    };
    const sending = request(`${product.url}/authorities/E06000016/uploads?sequence=7&kind=full`, {
      method: 'POST',
      headers,
    });
    sending.on('error', () => undefined);
    sending.write(fileOf(plansOf(4).slice(0, 10)));
    await pause(200);
    sending.destroy();
    await pause(300);
    expect(await count('upload where sequence = 7')).toBe(0);
  });
});
