import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BatchesActivitiesOfPostgres } from '../../src/batches/batches.activities';
import { Clock } from '../../src/platform/clock';
import { startProduct, type Product } from '../support/product';
import { plainCheck, putPlan, testNumber } from '../support/requests';

const leicester = 'E06000016';
const minuteMs = 60_000;

/** A figure as Prometheus reads it; undefined when it is not there. */
const figure = async (product: Product, name: string): Promise<number | undefined> => {
  const answer = await fetch(`${product.url}/metrics`);
  expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
  const line = (await answer.text()).split('\n').find((each) => each.startsWith(`${name} `));
  return line === undefined ? undefined : Number(line.slice(name.length + 1));
};

describe('what can be watched', () => {
  let product: Product;

  beforeAll(async () => {
    product = await startProduct();
  });
  afterAll(() => product?.stop());

  const check = async (nhsNumber: string): Promise<number> =>
    (await product.call('ed-system', 'POST', '/checks', { body: plainCheck(nhsNumber) })).status;

  it('counts checks by their answer or problem, and how long they took', async () => {
    await putPlan(product, { localId: 'watched', nhsNumber: testNumber(63_001) });
    expect(await check(testNumber(63_001))).toBe(200);
    expect(await check(testNumber(63_002))).toBe(200);
    expect(await check('9990000000')).toBe(422);
    expect(await figure(product, 'cpis_checks_total{answer="plan"}')).toBe(1);
    expect(await figure(product, 'cpis_checks_total{answer="no-plan"}')).toBe(1);
    expect(await figure(product, 'cpis_checks_total{answer="nhs-number-not-valid"}')).toBe(1);
    expect(await figure(product, 'cpis_check_seconds_count')).toBe(3);
  });

  it('shows how old the oldest untold fact and the oldest notice without an alert are', async () => {
    expect(await figure(product, 'cpis_notices_late')).toBe(0);
    product.app.get(Clock).advance(7 * minuteMs);
    expect(await figure(product, 'cpis_outbox_age_seconds')).toBeGreaterThanOrEqual(7 * 60);
    expect(await figure(product, 'cpis_oldest_notice_without_alert_seconds')).toBeGreaterThanOrEqual(7 * 60);
    product.app.get(Clock).advance(24 * 60 * minuteMs);
    expect(await figure(product, 'cpis_notices_late')).toBe(1);
    product.app.get(Clock).advance(-24 * 60 * minuteMs);
  });

  it('shows how long ago each authority’s last batch was', async () => {
    const age = `cpis_last_batch_age_seconds{authority="${leicester}"}`;
    expect(await figure(product, age)).toBeUndefined();
    const batch = { authority: leicester, slot: 'watched' };
    await product.app.get(BatchesActivitiesOfPostgres).claimNotices(batch);
    await product.app.get(BatchesActivitiesOfPostgres).recordBatch({ ...batch, notices: 1, alerts: 0 });
    product.app.get(Clock).advance(3 * minuteMs);
    expect(await figure(product, age)).toBeGreaterThanOrEqual(180);
    expect(await figure(product, age)).toBeLessThan(240);
  });

  it('is live and ready without Temporal, and says so', async () => {
    expect((await fetch(`${product.url}/health/live`)).status).toBe(200);
    const ready = await fetch(`${product.url}/health/ready`);
    expect([ready.status, await ready.json()]).toEqual([
      200,
      expect.objectContaining({
        status: 'ok',
        details: { postgresql: { status: 'up' }, temporal: { status: 'up', reachable: false } },
      }),
    ]);
  });
});

describe('with PostgreSQL out of reach', () => {
  let product: Product;

  beforeAll(async () => {
    const nowhere = 'postgres://cpis_app:cpis_app@127.0.0.1:1/nothing';
    product = await startProduct({ environment: { DATABASE_APP_URL: nowhere, DATABASE_CHECK_URL: nowhere } });
  });
  afterAll(() => product?.stop());

  it('is live, not ready, and says why', async () => {
    expect((await fetch(`${product.url}/health/live`)).status).toBe(200);
    const ready = await fetch(`${product.url}/health/ready`);
    expect([ready.status, await ready.json()]).toEqual([
      503,
      expect.objectContaining({ status: 'error', error: { postgresql: { status: 'down' } } }),
    ]);
  });

  it('answers a check with "could not check", never with "no plan", and counts it', async () => {
    const answer = await product.call('ed-system', 'POST', '/checks', { body: plainCheck(testNumber(63_009)) });
    expect([answer.status, await answer.json()]).toEqual([
      503,
      expect.objectContaining({ type: 'urn:problem:could-not-check' }),
    ]);
    expect(await figure(product, 'cpis_checks_total{answer="could-not-check"}')).toBe(1);
  });

  it.each(['cpis_outbox_age_seconds', 'cpis_oldest_notice_without_alert_seconds', 'cpis_notices_late'])(
    'does not know %s, and does not say that all is well',
    async (name) => expect(await figure(product, name)).toBeNaN(),
  );
});
