import { randomInt, randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { csvOf, manyRows } from '../support/csv';
import { LiveProduct, until, type Role } from '../support/live-product';
import { plainCheck, testNumber } from '../support/requests';
import { devServer } from '../support/temporal';

const rounds = 5;
const children = 40;
const leicester = 'E06000016';
const seed = Number(process.env['CHAOS_SEED'] ?? randomInt(1_000_000));

/** A small generator of its own, so that a seed repeats a run (Park and Miller, 1988). */
function chanceFrom(start: number): () => number {
  let state = (start % 2_147_483_646) + 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

/** What the product acknowledged: kept outside of it. */
interface Oracle {
  readonly checks: Map<string, { readonly id: string; readonly nhsNumber: string }>;
  readonly uploads: Map<number, readonly string[]>;
}

describe(`SIGKILL in the middle of uploads, checks and a batch (seed ${seed})`, () => {
  let product: LiveProduct;
  let rows: Client;
  const oracle: Oracle = { checks: new Map(), uploads: new Map() };
  const chance = chanceFrom(seed);

  beforeAll(async () => {
    product = await LiveProduct.start({ temporalAddress: (await devServer()).address });
    rows = new Client({ connectionString: product.databases.ownerUrl });
    await rows.connect();
    await upload(1, 0, children);
    await until('the first plans are there', async () => (await count('select count(*) from plan')) === children);
  });
  afterAll(async () => {
    await rows?.end();
    await product?.stop();
  });

  const count = async (sql: string, values: unknown[] = []): Promise<number> =>
    Number((await rows.query(sql, values)).rows[0].count);

  async function upload(sequence: number, from: number, to: number): Promise<void> {
    const file = manyRows(from, to);
    const path = `/authorities/${leicester}/uploads?sequence=${sequence}&kind=delta`;
    const requestId = randomUUID();
    await until(`upload ${sequence} is accepted`, async () => {
      const answer = await product.call('leicester-system', 'POST', path, { csv: csvOf(file), requestId });
      if (answer.status === 202)
        oracle.uploads.set(
          sequence,
          file.map(({ localId }) => localId),
        );
      return answer.status === 202;
    });
  }

  /** Checks until told to stop, as a client does: after an error it asks again with the same request id. */
  async function keepChecking(isOver: () => boolean): Promise<void> {
    while (!isOver()) {
      const requestId = randomUUID();
      const nhsNumber = testNumber(10_000 + Math.floor(chance() * children));
      await until('a check is answered', async () => {
        const answer = await product.call('ed-system', 'POST', '/checks', { body: plainCheck(nhsNumber), requestId });
        if (answer.status !== 200) return false;
        const { id, answer: found } = (await answer.json()) as { id: string; answer: string };
        expect(found).toBe('plan');
        oracle.checks.set(requestId, { id, nhsNumber });
        return true;
      });
      await pause(20);
    }
  }

  async function killSomething(): Promise<void> {
    await pause(200 + chance() * 1500);
    const role: Role = chance() < 0.5 ? 'web' : 'worker';
    await product.kill(role);
    product.run(role);
    if (chance() < 0.5) {
      // a second kill during recovery
      await pause(chance() * 1200);
      await product.kill(role);
      product.run(role);
    }
  }

  it(`loses and doubles nothing that was acknowledged, ${rounds} times`, async () => {
    let over = false;
    const checking = Promise.all([keepChecking(() => over), keepChecking(() => over)]);
    for (let round = 0; round < rounds; round += 1) {
      const first = children + round * 30;
      const work = Promise.all([
        upload(round + 2, first, first + 30),
        product.call('leicester-system', 'POST', `/authorities/${leicester}/batches`).catch(() => undefined),
      ]);
      await killSomething();
      await work;
    }
    over = true;
    await checking;
    await product.untilAnswers();
    await until(
      'every upload is merged',
      async () => (await count(`select count(*) from upload where state <> 'done'`)) === 0,
    );
    await until(
      'a last batch ran',
      async () => {
        const answer = await product.call('leicester-system', 'POST', `/authorities/${leicester}/batches`, {
          requestId: 'last',
        });
        return answer.status === 202 && (await count('select count(*) from notice where alert_id is null')) === 0;
      },
      120,
    );

    expect(oracle.checks.size).toBeGreaterThan(20);
    const { rows: stored } = await rows.query<{ id: string }>('select id from access');
    const ids = new Set(stored.map(({ id }) => id));
    expect(ids.size).toBe(stored.length);
    for (const { id } of oracle.checks.values()) expect(ids).toContain(id);

    const localIds = [...oracle.uploads.values()].flat();
    expect(oracle.uploads.size).toBe(rounds + 1);
    expect(await count('select count(*) from plan where local_id = any($1)', [localIds])).toBe(localIds.length);
    expect(await count('select count(*) from plan')).toBe(localIds.length);
    expect(await count(`select count(*) from plan_event where kind = 'recorded'`)).toBe(localIds.length);

    expect(await count('select count(*) from notice')).toBe(stored.length);
    expect(
      await count('select count(*) from alert a where not exists (select from notice n where n.alert_id = a.id)'),
    ).toBe(0);
    await until(
      'every fact is told',
      async () => (await count('select count(*) from outbox where told_at is null')) === 0,
      180,
    );
  }, 600_000);
});
