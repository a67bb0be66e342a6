import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { aRow } from '../builders/plan-row.builder';
import { fileOf } from '../builders/upload-file.builder';
import { startProduct, type Product } from '../support/product';
import { testNumber } from '../support/requests';
import { upload } from '../support/uploads';

const tables = [
  'plan',
  'plan_number',
  'plan_event',
  'question',
  'upload',
  'upload_part',
  'upload_row',
  'waiting_change',
  'person',
  'team',
  'outbox',
];

describe('the role of the application', () => {
  let product: Product;
  let app: Client;

  beforeAll(async () => {
    product = await startProduct();
    app = new Client({ connectionString: product.databases.appUrl });
    await app.connect();
    const plans = Array.from({ length: 8 }, (_, n) =>
      aRow()
        .called(`i-${n}`)
        .under(testNumber(9000 + n)),
    );
    const again = plans.map((plan) => plan.under(testNumber(9100)).ended('2026-11-01'));
    await upload(product, { csv: fileOf(plans), sequence: 1 });
    // fills every table: a held row, a rejected row, a question
    await upload(product, { csv: fileOf([...again, aRow().called('')]), sequence: 2, kind: 'full' });
  });
  afterAll(async () => {
    await app.end();
    await product.stop();
  });

  const seen = async (table: string, scope: string | undefined): Promise<number> => {
    await app.query('begin');
    try {
      if (scope !== undefined) await app.query(`select set_config('cpis.authority', $1, true)`, [scope]);
      const { rows } = await app.query<{ n: number }>(
        `select count(*)::int as n from ${table} where authority = 'E06000016'`,
      );
      return rows[0]?.n ?? 0;
    } finally {
      await app.query('rollback');
    }
  };

  it.each(tables)('sees its own authority’s rows of %s, nobody else’s, and none without a scope', async (table) => {
    expect(await seen(table, 'E06000016')).toBeGreaterThan(0);
    expect(await seen(table, '*')).toBe(await seen(table, 'E06000016'));
    expect(await seen(table, 'E10000018')).toBe(0);
    expect(await seen(table, '')).toBe(0);
    expect(await seen(table, undefined)).toBe(0);
  });

  it('cannot write into another authority, nor move a plan there', async () => {
    const refused = /row-level security/;
    await app.query('begin');
    await app.query(`select set_config('cpis.authority', 'E10000018', true)`);
    await expect(
      app.query(
        `insert into question (id, authority, kind, cause, raised_at) values (gen_random_uuid(), 'E06000016', 'x', 'x', now())`,
      ),
    ).rejects.toThrow(refused);
    await app.query('rollback');
    await app.query('begin');
    await app.query(`select set_config('cpis.authority', 'E06000016', true)`);
    await expect(app.query(`update plan set authority = 'E10000018'`)).rejects.toThrow(refused);
    await app.query('rollback');
  });

  it('can neither delete a plan nor change its history', async () => {
    await app.query(`select set_config('cpis.authority', '*', false)`);
    for (const act of [
      'delete from plan',
      'delete from plan_event',
      `update plan_event set by = 'x'`,
      'truncate plan_event',
      'delete from question',
    ])
      await expect(app.query(act)).rejects.toThrow(/permission denied/);
    await app.query('reset cpis.authority');
  });
});
