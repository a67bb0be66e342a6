import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { PlansActivitiesOfPostgres } from '../../src/plans/plans.activities';
import type { PlanSupplied, PlanView } from '../../src/plans/plans.schema';
import { Clock } from '../../src/platform/clock';
import { startProduct, type Product } from '../support/product';
import { testNumber } from '../support/requests';

const child = {
  planType: 'CPP',
  familyName: 'Testerby',
  givenName: 'Robin',
  birthDate: '2018-05-04',
  startDate: '2026-03-02',
  workerRef: 'W001',
  teamRef: 'T01',
};
const unborn = { ...child, planType: 'UCPP', birthDate: '1996-02-29', expectedDeliveryDate: '2026-12-20' };
const dayMs = 86_400_000;

describe('plans', () => {
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

  const put = (localId: string, body: object, as = 'leicester-system', gss = 'E06000016'): Promise<Response> =>
    product.call(as, 'PUT', `/authorities/${gss}/plans/${encodeURIComponent(localId)}`, { body });
  const supply = async (localId: string, body: object): Promise<PlanSupplied> => {
    const answer = await put(localId, body);
    expect({ status: answer.status, problem: answer.ok ? '' : await answer.text() }).toEqual({
      status: 200,
      problem: '',
    });
    return (await answer.json()) as PlanSupplied;
  };
  const get = async (localId: string): Promise<PlanView> =>
    (await (
      await product.call('leicester-system', 'GET', `/authorities/E06000016/plans/${encodeURIComponent(localId)}`)
    ).json()) as PlanView;
  const told = async (localId: string): Promise<string[]> => {
    const { rows: found } = await rows.query<{ kind: string }>(
      `select o.event ->> 'kind' as kind from outbox o join plan p on p.id::text = o.key where p.local_id = $1 order by o.id`,
      [localId],
    );
    return found.map((row) => row.kind);
  };
  const idOf = async (localId: string): Promise<string> =>
    (await rows.query<{ id: string }>('select id from plan where local_id = $1', [localId])).rows[0]?.id ?? '';

  it('are recorded, amended and ended, each with its version, history and event', async () => {
    const nhsNumber = testNumber(7001);
    expect(await supply('p 1/ä', { ...child, nhsNumber })).toMatchObject({
      code: 'CPR06',
      effect: 'recorded',
      version: 1,
      state: 'active',
      warnings: [],
    });
    expect(await supply('p 1/ä', { ...child, nhsNumber, teamRef: 'T02' })).toMatchObject({
      effect: 'amended',
      version: 2,
    });
    expect(
      await supply('p 1/ä', { ...child, nhsNumber, teamRef: 'T02', endDate: '2026-11-22', endReason: 'returned-home' }),
    ).toMatchObject({
      effect: 'ended',
      version: 3,
      state: 'ended',
    });
    const plan = await get('p 1/ä');
    expect(plan).toMatchObject({ nhsNumber, version: 3, state: 'ended', endReason: 'returned-home' });
    expect(plan.history.map(({ version, kind, by }) => [version, kind, by])).toEqual([
      [1, 'recorded', 'leicester-system'],
      [2, 'amended', 'leicester-system'],
      [3, 'ended', 'leicester-system'],
    ]);
    expect(plan.history[1]).toMatchObject({ was: { teamRef: 'T01' }, became: { teamRef: 'T02' } });
    expect(plan.history[0]).toMatchObject({ was: null, became: { nhsNumber, familyName: 'Testerby' } });
    expect(await told('p 1/ä')).toEqual(['recorded', 'amended', 'ended']);
  });

  it('do not move when the same is said again', async () => {
    const plan = { ...child, nhsNumber: testNumber(7002) };
    await supply('same', plan);
    expect(await supply('same', { ...plan, familyName: '  Testerby ' })).toMatchObject({
      effect: 'unchanged',
      version: 1,
    });
    expect((await get('same')).history).toHaveLength(1);
  });

  it.each([
    [{ planType: 'CIN' }, 'planType', 'CPR07'],
    [{ nhsNumber: 'ABCD' }, 'nhsNumber', 'CPR04'],
    [{ nhsNumber: '9434765918' }, 'nhsNumber', 'CPR07'],
    [{ nhsNumber: null }, 'nhsNumber', 'CPR04'],
    [{ familyName: ' ' }, 'familyName', 'CPR07'],
    [{ birthDate: '2031-01-01' }, 'birthDate', 'CPR07'],
    [{ startDate: '2026-02-30' }, 'startDate', 'CPR07'],
    [{ endDate: '2026-01-01' }, 'endDate', 'CPR07'],
    [{ planType: 'UCPP' }, 'expectedDeliveryDate', 'CPR07'],
    [{ givenName: 'nul\0' }, 'givenName', 'CPR07'],
  ])('with %o are refused, naming %s', async (wrong, field, code) => {
    const answer = await put('refused', { ...child, nhsNumber: testNumber(7003), ...wrong });
    expect(answer.status).toBe(422);
    const problem = (await answer.json()) as { type: string; detail: string; errors: { field: string }[] };
    expect(problem).toMatchObject({ type: 'urn:problem:plan-refused', errors: [{ field }] });
    expect(problem.detail).toContain(code);
    expect((await product.call('leicester-system', 'GET', '/authorities/E06000016/plans/refused')).status).toBe(404);
  });

  it('refuse a field that nobody knows', async () => {
    expect((await put('unknown', { ...child, nhsNumber: testNumber(7004), category: 'x' })).status).toBe(422);
  });

  it('belong to their own authority alone', async () => {
    await supply('mine', { ...child, nhsNumber: testNumber(7005) });
    expect((await put('mine', { ...child, nhsNumber: testNumber(7005) }, 'leicestershire-system')).status).toBe(404);
    expect((await product.call('leicestershire-system', 'GET', '/authorities/E10000018/plans/mine')).status).toBe(404);
    expect((await product.call('clinician', 'GET', '/authorities/E06000016/plans/mine')).status).toBe(403);
  });

  it('are the same plan when two requests come at the same moment', async () => {
    const plan = { ...child, nhsNumber: testNumber(7006) };
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, n) => supply('race', { ...plan, givenName: `Robin ${n}` })),
    );
    expect(answers.map(({ version }) => version).sort()).toEqual([1, 2, 3, 4, 5, 6]);
    expect((await get('race')).history.map(({ version }) => version)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('warn that the plan goes to the team, and load', async () => {
    const supplied = await supply('to-team', { ...child, nhsNumber: testNumber(7007), workerRef: 'W029' });
    expect(supplied.warnings).toEqual([expect.stringContaining('routed to the team')]);
  });

  describe('as their processes see them', () => {
    const review = (planId: string) => product.app.get(PlansActivitiesOfPostgres).reviewPlan(planId);

    it('have a stage, a version, and the London midnight at which the stage changes by itself', async () => {
      await supply('stage', { ...unborn, nhsNumber: testNumber(7010) });
      expect(await review(await idOf('stage'))).toEqual({
        stage: 'unborn',
        version: 1,
        nextChangeAt: Date.parse('2027-01-18T00:00:00Z'),
      });
      await supply('summer', { ...child, birthDate: '2010-06-05', nhsNumber: testNumber(7011) });
      expect(await review(await idOf('summer'))).toEqual({
        stage: 'active',
        version: 1,
        nextChangeAt: Date.parse('2028-06-04T23:00:00Z'),
      });
    });

    it('end at the 18th birthday by the rule, once, however often they are looked at', async () => {
      await supply('birthday', { ...child, birthDate: '2008-11-25', nhsNumber: testNumber(7012) });
      const id = await idOf('birthday');
      expect((await review(id)).stage).toBe('active');
      const clock = product.app.get(Clock);
      clock.advance(2 * dayMs);
      try {
        const reviews = await Promise.all([review(id), review(id), review(id)]);
        expect(reviews.every(({ stage, version }) => stage === 'ended' && version === 2)).toBe(true);
        expect(await review(id)).toMatchObject({ stage: 'ended', version: 2 });
        const plan = await get('birthday');
        expect(plan).toMatchObject({ endDate: '2026-11-24', endReason: 'reached-18', state: 'ended' });
        expect(plan.history.at(-1)).toMatchObject({ kind: 'ended', by: 'cpis-bridge' });
        expect(plan.history).toHaveLength(2);
        expect(
          await supply('birthday', { ...child, birthDate: '2008-11-25', nhsNumber: testNumber(7012) }),
        ).toMatchObject({ effect: 'unchanged', version: 2 });
      } finally {
        clock.advance(-2 * dayMs);
      }
    });

    it('are refused for good when there is no such plan', async () => {
      for (const id of ['00000000-0000-0000-0000-000000000000', 'garbage', ''])
        await expect(review(id)).rejects.toMatchObject({ type: 'plan-not-found', nonRetryable: true });
    });
  });
});
