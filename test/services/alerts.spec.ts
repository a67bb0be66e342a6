import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import type { AlertSummary, AlertView } from '../../src/alerts/alert.schema';
import { AlertsActivitiesOfPostgres } from '../../src/alerts/alerts.activities';
import { Watchdog } from '../../src/alerts/watchdog';
import { BatchesActivitiesOfPostgres } from '../../src/batches/batches.activities';
import { Clock } from '../../src/platform/clock';
import type { ProblemBody } from '../../src/platform/problems/problem';
import { startProduct, type Product } from '../support/product';
import { plainCheck, putPlan, testNumber } from '../support/requests';

const hourMs = 3_600_000;
const leicester = 'E06000016';

/** Temporal is not there in this suite: claiming and raising are the activities' own acts, the watchdog needs nobody. */
describe('alerts', () => {
  let product: Product;
  let rows: Client;

  beforeAll(async () => {
    product = await startProduct();
    rows = new Client({ connectionString: product.databases.ownerUrl });
    await rows.connect();
  });
  afterAll(async () => {
    await rows.end();
    await product.stop();
  });

  const check = async (nhsNumber: string): Promise<void> => {
    expect((await product.call('ed-system', 'POST', '/checks', { body: plainCheck(nhsNumber) })).status).toBe(200);
  };
  const batch = async (slot: string, authority = leicester): Promise<{ claimed: number; raised: number }> => {
    const { claimed } = await product.app.get(BatchesActivitiesOfPostgres).claimNotices({ authority, slot });
    const { raised } = await product.app.get(AlertsActivitiesOfPostgres).raiseAlerts({ authority, slot, limit: 100 });
    return { claimed, raised };
  };
  const list = async (name: string): Promise<AlertSummary[]> =>
    (await (await product.call(name, 'GET', '/alerts')).json()) as AlertSummary[];
  const read = async (name: string, id: string): Promise<AlertView> =>
    (await (await product.call(name, 'GET', `/alerts/${id}`)).json()) as AlertView;
  const alertsOf = async (
    subject: string,
  ): Promise<{ id: string; owner_kind: string; owner_ref: string; slot: string }[]> =>
    (
      await rows.query('select id, owner_kind, owner_ref, slot from alert where subject = $1 order by raised_at', [
        subject,
      ])
    ).rows;

  it('tell the allocated worker the name, and each access with when, where and by whom', async () => {
    const nhsNumber = testNumber(101);
    await putPlan(product, { localId: 'a1', nhsNumber, givenName: 'Aisha', familyName: 'Khan' });
    await check(nhsNumber);
    await check(nhsNumber);
    expect(await batch('s1')).toEqual({ claimed: 2, raised: 1 });
    const [alert] = (await list('worker')).filter(({ name }) => name === 'Aisha Khan');
    expect(alert).toMatchObject({
      stage: 'open',
      accesses: 2,
      places: 1,
      owner: { kind: 'worker', ref: 'W001', name: 'Hana Usman' },
    });
    const view = await read('worker', alert?.id ?? '');
    expect(view.history).toHaveLength(2);
    expect(view.history[0]).toMatchObject({
      organisation: { odsCode: 'ZZ101', name: 'Soar Valley Hospital emergency department' },
      setting: 'emergency-department',
      clinician: { name: 'Dr Emma Ward', role: 'Registrar' },
      inThisAlert: true,
    });
    expect(view.clocks).toMatchObject({ sent: expect.any(String), received: expect.any(String) });
    expect(view.nhsNumber).toBe(`${nhsNumber.slice(0, 3)} ${nhsNumber.slice(3, 6)} ${nhsNumber.slice(6)}`);
  });

  it('are raised once, however often the slot is claimed and raised', async () => {
    const nhsNumber = testNumber(102);
    await putPlan(product, { localId: 'a2', nhsNumber });
    await check(nhsNumber);
    expect(await batch('s2')).toEqual({ claimed: 1, raised: 1 });
    expect(await batch('s2')).toEqual({ claimed: 1, raised: 0 });
    expect(await batch('s2-next')).toEqual({ claimed: 0, raised: 0 });
    expect(await alertsOf(nhsNumber)).toHaveLength(1);
  });

  it('are raised once when two batches and the watchdog run at the same moment', async () => {
    const nhsNumber = testNumber(103);
    await putPlan(product, { localId: 'a3', nhsNumber });
    for (let n = 0; n < 5; n += 1) await check(nhsNumber);
    const clock = product.app.get(Clock);
    clock.advance(22 * hourMs);
    await Promise.all([
      batch('s3'),
      batch('s3'),
      batch('s3-other'),
      product.app.get(Watchdog).look(),
      product.app.get(Watchdog).look(),
    ]);
    await product.app.get(Watchdog).look();
    clock.advance(-22 * hourMs);
    const { rows: ties } = await rows.query(
      'select count(*)::int as notices, count(alert_id)::int as tied from notice n join plan p on p.id = n.plan_id where p.nhs_number = $1',
      [nhsNumber],
    );
    expect(ties).toEqual([{ notices: 5, tied: 5 }]);
    const { rows: empty } = await rows.query(
      'select count(*)::int as n from alert a where not exists (select from notice where alert_id = a.id)',
    );
    expect(empty).toEqual([{ n: 0 }]);
  });

  it('go to the team when the worker has left, and to the duty desk when the team is not known', async () => {
    const [left, unknown] = [testNumber(104), testNumber(105)];
    await putPlan(product, { localId: 'a4', nhsNumber: left, workerRef: 'W029', teamRef: 'T04' });
    await putPlan(product, { localId: 'a5', nhsNumber: unknown, workerRef: '', teamRef: 'T99' });
    await check(left);
    await check(unknown);
    await batch('s4');
    expect(await alertsOf(left)).toMatchObject([{ owner_kind: 'team', owner_ref: 'T04' }]);
    expect(await alertsOf(unknown)).toMatchObject([{ owner_kind: 'duty-desk', owner_ref: '' }]);
    expect((await list('duty-desk')).length).toBeGreaterThanOrEqual(2);
  });

  it('are two when a mother has a plan of her own and an unborn one with another worker', async () => {
    const mother = testNumber(106);
    await putPlan(product, {
      localId: 'a6',
      nhsNumber: mother,
      givenName: 'Mei',
      familyName: 'Ng',
      birthDate: '2010-01-01',
    });
    await putPlan(product, {
      localId: 'a6u',
      planType: 'UCPP',
      nhsNumber: mother,
      givenName: 'Mei',
      familyName: 'Ng',
      birthDate: '2010-01-01',
      expectedDeliveryDate: '2026-12-24',
      workerRef: 'W002',
      teamRef: 'T02',
    });
    await check(mother);
    await batch('s6');
    expect((await alertsOf(mother)).map(({ owner_ref }) => owner_ref).sort()).toEqual(['W001', 'W002']);
    expect((await list('manager')).map(({ name }) => name)).toContain('Mei Ng');
    expect((await list('duty-desk')).map(({ name }) => name)).toContain('unborn child of Mei Ng');
  });

  it('later accesses in the same slot join an alert that nobody has seen, and get their own once it was seen', async () => {
    const nhsNumber = testNumber(107);
    await putPlan(product, { localId: 'a7', nhsNumber });
    await check(nhsNumber);
    await batch('s7');
    await check(nhsNumber);
    await batch('s7');
    const [alert] = await alertsOf(nhsNumber);
    expect((await read('worker', alert?.id ?? '')).accesses).toBe(2);
    expect((await product.call('worker', 'POST', `/alerts/${alert?.id}/seen`)).status).toBe(200);
    await check(nhsNumber);
    await batch('s7');
    expect((await alertsOf(nhsNumber)).map(({ slot }) => slot)).toEqual(['s7', 's7/2']);
  });

  it('are raised by the watchdog three hours before their hour when no batch came, and not earlier', async () => {
    const nhsNumber = testNumber(108);
    await putPlan(product, { localId: 'a8', nhsNumber });
    await check(nhsNumber);
    const clock = product.app.get(Clock);
    clock.advance(21 * hourMs - 60_000);
    await product.app.get(Watchdog).look();
    expect(await alertsOf(nhsNumber)).toEqual([]);
    clock.advance(60_000);
    expect(await product.app.get(Watchdog).look()).toBeGreaterThanOrEqual(1);
    const [alert] = await alertsOf(nhsNumber);
    expect(alert?.slot).toMatch(/^watchdog\/2026-11-24T\d\d$/);
    expect((await read('worker', alert?.id ?? '')).late).toBeUndefined();
    clock.advance(-21 * hourMs);
  });

  it('are raised by the watchdog out of a batch that claimed and never finished', async () => {
    const nhsNumber = testNumber(109);
    await putPlan(product, { localId: 'a9', nhsNumber });
    await check(nhsNumber);
    await product.app.get(BatchesActivitiesOfPostgres).claimNotices({ authority: leicester, slot: 's9' });
    const clock = product.app.get(Clock);
    clock.advance(22 * hourMs);
    await product.app.get(Watchdog).look();
    clock.advance(-22 * hourMs);
    expect(await alertsOf(nhsNumber)).toHaveLength(1);
  });

  it('that come after their hour are marked late, with the reason', async () => {
    const nhsNumber = testNumber(110);
    await putPlan(product, { localId: 'a10', nhsNumber });
    await check(nhsNumber);
    const clock = product.app.get(Clock);
    clock.advance(25 * hourMs);
    await product.app.get(Watchdog).look();
    clock.advance(-25 * hourMs);
    const [alert] = await alertsOf(nhsNumber);
    expect((await read('worker', alert?.id ?? '')).late).toContain('No batch and no watchdog');
  });

  it('of another authority, of another worker, and of nobody are one and the same answer', async () => {
    const nhsNumber = testNumber(111);
    await putPlan(product, { localId: 'a11', nhsNumber, workerRef: 'W002', teamRef: 'T02' });
    await check(nhsNumber);
    await batch('s11');
    const [alert] = await alertsOf(nhsNumber);
    const refusals = await Promise.all(
      [
        ['worker-leicestershire', alert?.id],
        ['worker', alert?.id],
        ['worker', '00000000-0000-4000-8000-000000000000'],
        ['worker', 'nonsense'],
      ].map(async ([name = '', id]) => {
        const answer = await product.call(name, 'GET', `/alerts/${id}`, { requestId: 'same' });
        return { status: answer.status, body: await answer.text() };
      }),
    );
    expect(new Set(refusals.map((refusal) => JSON.stringify(refusal))).size).toBe(1);
    expect(refusals[0]?.status).toBe(404);
  });

  it('keep "seen" as a fact while Temporal is away, and refuse a decision with the way out', async () => {
    const nhsNumber = testNumber(112);
    await putPlan(product, { localId: 'a12', nhsNumber });
    await check(nhsNumber);
    await batch('s12');
    const [alert] = await alertsOf(nhsNumber);
    const seen = (await (await product.call('worker', 'POST', `/alerts/${alert?.id}/seen`)).json()) as AlertView;
    expect(seen).toMatchObject({ stage: 'seen', clocks: { seen: expect.any(String) } });
    const refused = await product.call('worker', 'POST', `/alerts/${alert?.id}/closure`, {
      body: { outcome: 'family-contacted' },
    });
    expect(refused.status).toBe(503);
    expect(((await refused.json()) as ProblemBody).type).toBe('urn:problem:workflows-unavailable');
    const bad = await product.call('worker', 'POST', `/alerts/${alert?.id}/closure`, { body: { outcome: 'nothing' } });
    expect(await bad.json()).toMatchObject({ status: 422, errors: [{ field: 'outcome' }] });
  });
});
