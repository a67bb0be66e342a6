import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import type { CheckAnswer } from '../../src/accesses/check.schema';
import { Clock } from '../../src/platform/clock';
import type { ProblemBody } from '../../src/platform/problems/problem';
import { startProduct, type Product } from '../support/product';
import { plainCheck, putPlan, testNumber } from '../support/requests';

describe('a check', () => {
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

  const check = async (body: object, { as = 'ed-system', requestId = randomUUID() } = {}): Promise<CheckAnswer> => {
    const answer = await product.call(as, 'POST', '/checks', { body, requestId });
    expect(answer.status).toBe(200);
    return (await answer.json()) as CheckAnswer;
  };
  const refused = async (body: object, { as = 'ed-system', requestId = randomUUID() } = {}): Promise<ProblemBody> => {
    const answer = await product.call(as, 'POST', '/checks', { body, requestId });
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    return (await answer.json()) as ProblemBody;
  };
  const stored = async (nhsNumber: string): Promise<{ answer: string; silent: boolean; flags: string[] | null }[]> =>
    (await rows.query('select answer, silent, flags from access where nhs_number = $1 order by at', [nhsNumber])).rows;
  const notices = async (nhsNumber: string): Promise<number> =>
    Number(
      (
        await rows.query('select count(*) from notice n join access a on a.id = n.access_id where a.nhs_number = $1', [
          nhsNumber,
        ])
      ).rows[0].count,
    );

  it('answers with the plan, its authority and its telephones, and stores access and notice', async () => {
    const nhsNumber = testNumber(1);
    await putPlan(product, { localId: 'c1', nhsNumber });
    const answer = await check(plainCheck(nhsNumber));
    expect(answer.answer).toBe('plan');
    expect(answer.plans).toEqual([
      {
        type: 'CPP',
        snomed: '342191000000101',
        state: 'active',
        start: '2026-01-05',
        authority: {
          gss: 'E06000016',
          name: 'Leicester',
          emergencyPhone: '0116 496 0101',
          officePhone: '0116 496 0102',
        },
      },
    ]);
    expect(await stored(nhsNumber)).toEqual([{ answer: 'plan', silent: false, flags: null }]);
    expect(await notices(nhsNumber)).toBe(1);
  });

  it('stores a check that found nothing, and answers "no-plan"', async () => {
    const nhsNumber = testNumber(2);
    const answer = await check(plainCheck(nhsNumber));
    expect(answer).toMatchObject({ answer: 'no-plan', plans: [], accesses: [] });
    expect(await stored(nhsNumber)).toEqual([{ answer: 'no-plan', silent: false, flags: null }]);
    expect(await notices(nhsNumber)).toBe(0);
  });

  it('takes a number with spaces, and refuses one that is not valid as 422, never as "no plan"', async () => {
    const nhsNumber = testNumber(3);
    const spaced = `${nhsNumber.slice(0, 3)} ${nhsNumber.slice(3, 6)} ${nhsNumber.slice(6)}`;
    expect((await check(plainCheck(spaced))).nhsNumber).toBe(nhsNumber);
    const wrong = `${nhsNumber.slice(0, 9)}${(Number(nhsNumber[9]) + 1) % 10}`;
    for (const bad of [wrong, '', '12345', 'ABCDEFGHIJ', '9'.repeat(39), '９９９１２３４５６７'])
      expect(await refused(plainCheck(bad))).toMatchObject({ type: 'urn:problem:nhs-number-not-valid', status: 422 });
    expect(await stored(wrong)).toEqual([]);
  });

  it('is silent only when kind, setting, organisation and right all say so', async () => {
    const nhsNumber = testNumber(4);
    await putPlan(product, { localId: 'c4', nhsNumber });
    const clinician = { id: 'gp-1', name: 'Dr Gp', role: 'General practitioner' };
    const scheduled = { nhsNumber, kind: 'scheduled', organisation: 'ZZ201', setting: 'gp', clinician };
    expect(await check(scheduled, { as: 'gp-system' })).toMatchObject({ silent: true, flags: [], answer: 'plan' });
    expect(await notices(nhsNumber)).toBe(0);
    for (const [body, as, flag] of [
      [scheduled, 'ed-system', 'right-missing'],
      [{ ...scheduled, setting: 'emergency-department' }, 'gp-system', 'kind-mismatch'],
      [{ ...scheduled, organisation: 'NOBODY' }, 'gp-system', 'organisation-unknown'],
      [{ ...scheduled, organisation: 'ZZ101' }, 'gp-system', 'setting-mismatch'],
      [{ ...scheduled, setting: 'a tent' }, 'gp-system', 'setting-unknown'],
    ] as const) {
      const answer = await check(body, { as });
      expect(answer).toMatchObject({ silent: false, answer: 'plan' });
      expect(answer.flags).toContain(flag);
    }
    expect(await notices(nhsNumber)).toBe(5);
  });

  it('shows the accesses before it, repeat views of one person at one place as one line, silent ones not at all', async () => {
    const nhsNumber = testNumber(5);
    await putPlan(product, { localId: 'c5', nhsNumber });
    const other = { ...plainCheck(nhsNumber), clinician: { id: 'two', name: 'Dr Two', role: 'Consultant' } };
    expect((await check(plainCheck(nhsNumber))).accesses).toEqual([]);
    await check(plainCheck(nhsNumber));
    await check(other);
    const { accesses } = await check(plainCheck(nhsNumber));
    expect(accesses.map(({ clinician, views }) => [clinician.name, views])).toEqual([
      ['Dr Two', 1],
      ['Dr Emma Ward', 2],
    ]);
    expect(accesses[0]?.organisation).toEqual({ odsCode: 'ZZ101', name: 'Soar Valley Hospital emergency department' });
  });

  it('takes organisation and clinician from the token when a person calls', async () => {
    const nhsNumber = testNumber(6);
    await putPlan(product, { localId: 'c6', nhsNumber });
    await check({ nhsNumber }, { as: 'clinician' });
    const { accesses } = await check(plainCheck(nhsNumber));
    expect(accesses[0]).toMatchObject({ organisation: { odsCode: 'ZZ101' }, setting: 'emergency-department' });
  });

  it('names each field that a system left out, and any that is not known', async () => {
    const problem = await refused({ nhsNumber: testNumber(7), settign: 'x' });
    expect(problem).toMatchObject({ type: 'urn:problem:invalid-request', status: 422 });
    expect(problem.errors?.map(({ field }) => field)).toEqual(['settign']);
    const missing = await refused({ nhsNumber: testNumber(7) });
    expect(missing.errors?.map(({ field }) => field)).toEqual(['organisation', 'setting', 'clinician']);
  });

  it('gives the stored answer to the same request id, refuses another body, and refuses it after ten minutes', async () => {
    const nhsNumber = testNumber(8);
    await putPlan(product, { localId: 'c8', nhsNumber });
    const requestId = randomUUID();
    const first = await check(plainCheck(nhsNumber), { requestId });
    expect(await check(plainCheck(nhsNumber), { requestId })).toEqual(first);
    expect(await stored(nhsNumber)).toHaveLength(1);
    expect(await refused(plainCheck(testNumber(9)), { requestId })).toMatchObject({
      status: 422,
      type: 'urn:problem:request-id-other-body',
    });
    const clock = product.app.get(Clock);
    clock.advance(11 * 60_000);
    expect(await refused(plainCheck(nhsNumber), { requestId })).toMatchObject({
      status: 409,
      type: 'urn:problem:request-id-used',
    });
    clock.advance(-11 * 60_000);
    expect(await stored(nhsNumber)).toHaveLength(1);
  });

  it('stores one access when the same request id comes twice at once', async () => {
    const nhsNumber = testNumber(10);
    await putPlan(product, { localId: 'c10', nhsNumber });
    const requestId = randomUUID();
    const answers = await Promise.all(Array.from({ length: 8 }, () => check(plainCheck(nhsNumber), { requestId })));
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
    expect(await stored(nhsNumber)).toHaveLength(1);
  });

  it('needs a request id, a token, and the right', async () => {
    const body = plainCheck(testNumber(11));
    const bare = await fetch(`${product.url}/checks`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    expect(bare.status).toBe(401);
    const noId = await fetch(`${product.url}/checks`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${await product.token('ed-system')}` },
      body: JSON.stringify(body),
    });
    expect(((await noId.json()) as ProblemBody).type).toBe('urn:problem:request-id-missing');
    expect(await refused(body, { as: 'leicester-system' })).toMatchObject({ status: 403 });
    expect(await refused(body, { as: 'worker' })).toMatchObject({ status: 403 });
  });

  it('answers a plan that ended, one long ended, and an unborn one past its date, as domain 2 says', async () => {
    const ended = testNumber(12);
    await putPlan(product, { localId: 'c12', nhsNumber: ended, endDate: '2026-06-01' });
    expect((await check(plainCheck(ended))).answer).toBe('ended');
    expect(await notices(ended)).toBe(1);
    const gone = testNumber(13);
    await putPlan(product, { localId: 'c13', nhsNumber: gone, startDate: '2024-01-05', endDate: '2025-11-22' });
    expect((await check(plainCheck(gone))).answer).toBe('no-plan');
    const mother = testNumber(14);
    await putPlan(product, {
      localId: 'c14',
      planType: 'UCPP',
      nhsNumber: mother,
      birthDate: '1996-02-03',
      startDate: '2026-02-01',
      expectedDeliveryDate: '2026-08-01',
    });
    const unborn = await check(plainCheck(mother));
    expect(unborn).toMatchObject({
      answer: 'plan',
      plans: [{ type: 'UCPP', state: 'expired-unresolved', expectedDeliveryDate: '2026-08-01' }],
    });
    expect(await notices(mother)).toBe(1);
  });

  it('says "could not check" when PostgreSQL refuses to store, and stores nothing half', async () => {
    const nhsNumber = testNumber(15);
    await putPlan(product, { localId: 'c15', nhsNumber });
    await rows.query('revoke insert on notice from cpis_check');
    try {
      const answer = await product.call('ed-system', 'POST', '/checks', { body: plainCheck(nhsNumber) });
      expect(answer.status).toBe(503);
      expect(answer.headers.get('retry-after')).toBeTruthy();
      expect(((await answer.json()) as ProblemBody).type).toBe('urn:problem:could-not-check');
      expect(await stored(nhsNumber)).toEqual([]);
    } finally {
      await rows.query('grant insert on notice to cpis_check');
    }
    expect((await check(plainCheck(nhsNumber))).answer).toBe('plan');
  });
});
