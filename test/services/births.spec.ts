import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import type { CheckAnswer } from '../../src/accesses/check.schema';
import type { AlertSummary, AlertView } from '../../src/alerts/alert.schema';
import { AlertsActivitiesOfPostgres } from '../../src/alerts/alerts.activities';
import { Watchdog } from '../../src/alerts/watchdog';
import { BatchesActivitiesOfPostgres } from '../../src/batches/batches.activities';
import { BirthsActivitiesOfPostgres } from '../../src/births/births.activities';
import type { NewbornList } from '../../src/births/births.schema';
import { BirthsService } from '../../src/births/births.service';
import { Clock } from '../../src/platform/clock';
import type { ProblemBody } from '../../src/platform/problems/problem';
import { aBirth, notifyBirth, putUnborn, type BirthGiven } from '../support/births';
import { startProduct, type Product } from '../support/product';
import { plainCheck, putPlan, testNumber } from '../support/requests';

const leicester = 'E06000016';
const leicestershire = 'E10000018';
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** Temporal is not there in this suite: a birth is a row first. */
describe('a birth', () => {
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

  const check = async (nhsNumber: string): Promise<CheckAnswer> => {
    const answer = await product.call('ed-system', 'POST', '/checks', { body: plainCheck(nhsNumber) });
    expect(answer.status).toBe(200);
    return (await answer.json()) as CheckAnswer;
  };
  const refused = async (given: BirthGiven, changes: object = {}): Promise<ProblemBody> => {
    const body = { ...aBirth(given), ...changes };
    return (await (await product.call('maternity-system', 'POST', '/births', { body })).json()) as ProblemBody;
  };
  const newborns = async (nhsNumber: string): Promise<{ id: string; plan_id: string; state: string }[]> =>
    (await rows.query('select id, plan_id, state, authority from newborn where nhs_number = $1', [nhsNumber])).rows;
  const kept = async (): Promise<number> =>
    Number((await rows.query('select count(*) from unmatched_birth')).rows[0].count);
  const told = async (planId: string): Promise<string[]> =>
    (
      await rows.query(
        `select event->>'kind' as kind from outbox where topic = 'birth-transfer' and key = $1 order by id`,
        [planId],
      )
    ).rows.map((row) => row.kind);
  const list = async (name: string): Promise<AlertSummary[]> =>
    (await (await product.call(name, 'GET', '/alerts')).json()) as AlertSummary[];
  const declineAs = (name: string, id: string, reason = 'no-plan-needed-after-birth') =>
    product.call(name, 'POST', `/births/${id}/decline`, { body: { reason } });

  it('is answered at once as awaiting the authority, with its telephones; the mother stays in sight as a plan', async () => {
    const [mother, baby] = [testNumber(2001), testNumber(2002)];
    await putUnborn(product, { localId: 'b1', nhsNumber: mother });
    await notifyBirth(product, { nhsNumber: baby, motherNhsNumber: mother });
    const answer = await check(baby);
    expect(answer).toMatchObject({
      answer: 'awaiting-authority',
      plans: [],
      awaiting: [
        {
          authority: {
            gss: leicester,
            name: 'Leicester',
            emergencyPhone: '0116 496 0101',
            officePhone: '0116 496 0102',
          },
        },
      ],
    });
    expect(await check(mother)).toMatchObject({
      answer: 'plan',
      awaiting: [],
      plans: [{ type: 'UCPP', state: 'active' }],
    });
    expect((await check(baby)).accesses).toHaveLength(1);
  });

  it('is told to its transfer in the same transaction, once', async () => {
    const [mother, baby] = [testNumber(2003), testNumber(2004)];
    await putUnborn(product, { localId: 'b2', nhsNumber: mother });
    await notifyBirth(product, { nhsNumber: baby, motherNhsNumber: mother });
    await notifyBirth(product, { nhsNumber: baby, motherNhsNumber: mother });
    const [newborn] = await newborns(baby);
    expect(await told(newborn?.plan_id ?? '')).toEqual(['born']);
    expect(await newborns(baby)).toHaveLength(1);
  });

  it('of one baby is never another one: other content is refused', async () => {
    const [mother, baby] = [testNumber(2005), testNumber(2006)];
    await putUnborn(product, { localId: 'b3', nhsNumber: mother });
    await notifyBirth(product, { nhsNumber: baby, motherNhsNumber: mother });
    expect(await refused({ nhsNumber: baby, motherNhsNumber: mother }, { stillborn: true })).toMatchObject({
      type: 'urn:problem:birth-other-content',
      status: 409,
    });
    const unknown = [testNumber(2007), testNumber(2008)] as const;
    await notifyBirth(product, { nhsNumber: unknown[0], motherNhsNumber: unknown[1] });
    await notifyBirth(product, { nhsNumber: unknown[0], motherNhsNumber: unknown[1] });
    expect(await refused({ nhsNumber: unknown[0], motherNhsNumber: mother })).toMatchObject({ status: 409 });
  });

  it('is refused with the field that is wrong, and without the mother’s number with what that means', async () => {
    const [mother, baby] = [testNumber(2009), testNumber(2010)];
    expect(await refused({ nhsNumber: baby })).toMatchObject({
      type: 'urn:problem:mother-number-missing',
      status: 422,
    });
    expect(await refused({ nhsNumber: '9990000000', motherNhsNumber: mother })).toMatchObject({
      errors: [{ field: 'nhsNumber' }],
    });
    expect(await refused({ nhsNumber: baby, motherNhsNumber: baby })).toMatchObject({
      errors: [{ field: 'nhsNumber' }],
    });
    expect(await refused({ nhsNumber: baby, motherNhsNumber: mother, birthOrder: 2 })).toMatchObject({
      errors: [{ field: 'birthOrder' }],
    });
    expect(await refused({ nhsNumber: baby, motherNhsNumber: mother, bornAt: '2026-11-24T00:00:00Z' })).toMatchObject({
      errors: [{ field: 'bornAt' }],
    });
    const notAllowed = await product.call('ed-system', 'POST', '/births', { body: aBirth({ nhsNumber: baby }) });
    expect(notAllowed.status).toBe(403);
  });

  it('concerns the unborn plans of every authority, each with its own record', async () => {
    const [mother, baby] = [testNumber(2011), testNumber(2012)];
    await putUnborn(product, { localId: 'b5', nhsNumber: mother });
    await putUnborn(product, {
      localId: 'b5',
      nhsNumber: mother,
      authority: leicestershire,
      as: 'leicestershire-system',
    });
    await notifyBirth(product, { nhsNumber: baby, motherNhsNumber: mother });
    const answer = await check(baby);
    expect(answer.awaiting.map(({ authority }) => authority.name)).toEqual(['Leicester', 'Leicestershire']);
    await putPlan(product, { localId: 'b5-baby', nhsNumber: baby, birthDate: '2026-11-23' });
    expect(await check(baby)).toMatchObject({
      answer: 'plan',
      awaiting: [{ authority: { name: 'Leicestershire' } }],
    });
    const seen = (await (await product.call('worker-leicestershire', 'GET', '/births')).json()) as NewbornList;
    expect(seen.newborns.filter(({ nhsNumber }) => nhsNumber === baby)).toHaveLength(1);
  });

  it.each([
    ['past EDD + 28 and unresolved', { expectedDeliveryDate: '2026-10-01' }, 'awaiting-authority'],
    ['ended last month', { endDate: '2026-10-20', endReason: 'protection-no-longer-needed' }, 'awaiting-authority'],
    ['ended as a loss', { endDate: '2026-11-01', endReason: 'loss-of-pregnancy' }, 'awaiting-authority'],
    ['ended as an error', { endDate: '2026-11-01', endReason: 'recorded-in-error' }, 'awaiting-authority'],
    [
      'ended, on EDD + 28',
      { expectedDeliveryDate: '2026-10-26', endDate: '2026-10-20', endReason: 'other' },
      'awaiting-authority',
    ],
    [
      'ended, after EDD + 28',
      { expectedDeliveryDate: '2026-10-25', endDate: '2026-10-20', endReason: 'other' },
      'no-plan',
    ],
  ])('finds an unborn plan that is %s', async (what, plan, answer) => {
    const place = 2020 + 2 * what.length;
    const [mother, baby] = [testNumber(place), testNumber(place + 1)];
    await putUnborn(product, { localId: `b6-${what.length}`, nhsNumber: mother, startDate: '2026-05-01', ...plan });
    await notifyBirth(product, { nhsNumber: baby, motherNhsNumber: mother });
    expect((await check(baby)).answer).toBe(answer);
  });

  it('stays awaited whatever happens to the mother’s record, until the baby’s own plan is in sight', async () => {
    const [mother, baby] = [testNumber(2101), testNumber(2102)];
    await putUnborn(product, { localId: 'b7', nhsNumber: mother });
    await notifyBirth(product, { nhsNumber: baby, motherNhsNumber: mother });
    await putUnborn(product, { localId: 'b7', nhsNumber: mother, endDate: '2026-11-23', endReason: 'other' });
    expect((await check(baby)).answer).toBe('awaiting-authority');
    await putPlan(product, { localId: 'b7-baby', nhsNumber: baby, birthDate: '2026-11-23' });
    const [newborn] = await newborns(baby);
    expect(newborn?.state).toBe('supplied');
    expect(await told(newborn?.plan_id ?? '')).toEqual(['born', 'mother-changed', 'supplied']);
    expect(await check(baby)).toMatchObject({ answer: 'plan', awaiting: [] });
    const review = await product.app.get(BirthsActivitiesOfPostgres).reviewTransfer(newborn?.plan_id ?? '');
    expect(review).toMatchObject({ motherIsClosed: true, babies: [{ state: 'supplied', numberOfBirths: 1 }] });
  });

  it('is not awaited when the authority acted first: its plan is in sight already', async () => {
    const [mother, baby] = [testNumber(2103), testNumber(2104)];
    await putUnborn(product, { localId: 'b8', nhsNumber: mother });
    await putPlan(product, { localId: 'b8-baby', nhsNumber: baby, birthDate: '2026-11-23' });
    await notifyBirth(product, { nhsNumber: baby, motherNhsNumber: mother });
    expect(await newborns(baby)).toMatchObject([{ state: 'supplied' }]);
  });

  it('stillborn makes nothing that a check could find, and a gentle alert that asks for no plan', async () => {
    const [mother, baby] = [testNumber(2105), testNumber(2106)];
    await putUnborn(product, { localId: 'b9', nhsNumber: mother, givenName: 'Lea', familyName: 'Orr' });
    await notifyBirth(product, { nhsNumber: baby, motherNhsNumber: mother, stillborn: true });
    expect(await check(baby)).toMatchObject({ answer: 'no-plan', awaiting: [] });
    const [newborn] = await newborns(baby);
    expect(newborn?.state).toBe('not-expected');
    await product.app.get(AlertsActivitiesOfPostgres).raiseBirthAlerts(newborn?.plan_id ?? '');
    const alert = (await list('worker')).find(({ name }) => name === 'baby of Lea Orr');
    expect(alert).toMatchObject({ kind: 'loss', accesses: 0 });
    const view = (await (await product.call('worker', 'GET', `/alerts/${alert?.id}`)).json()) as AlertView;
    expect(view.birth).toMatchObject({ toDo: ['close-mother'], mayDecline: false });
  });

  it('of twins makes two records, in any order, days apart', async () => {
    const [mother, second, first] = [testNumber(2107), testNumber(2108), testNumber(2109)];
    await putUnborn(product, { localId: 'b10', nhsNumber: mother });
    await notifyBirth(product, { nhsNumber: second, motherNhsNumber: mother, birthOrder: 2, numberOfBirths: 2 });
    await notifyBirth(product, {
      nhsNumber: first,
      motherNhsNumber: mother,
      numberOfBirths: 2,
      bornAt: '2026-11-20T04:00:00Z',
    });
    const [newborn] = await newborns(first);
    const { babies } = await product.app.get(BirthsActivitiesOfPostgres).reviewTransfer(newborn?.plan_id ?? '');
    expect(babies.map(({ birthOrder }) => birthOrder)).toEqual([2, 1]);
    expect([(await check(first)).answer, (await check(second)).answer]).toEqual([
      'awaiting-authority',
      'awaiting-authority',
    ]);
  });

  it('at the same moment as another of the same baby is one', async () => {
    const [mother, baby] = [testNumber(2110), testNumber(2111)];
    await putUnborn(product, { localId: 'b11', nhsNumber: mother });
    await Promise.all([1, 2, 3, 4].map(() => notifyBirth(product, { nhsNumber: baby, motherNhsNumber: mother })));
    expect(await newborns(baby)).toHaveLength(1);
  });

  it('of a mother without an unborn plan is sealed, found when the plan comes, and erased', async () => {
    const [mother, baby] = [testNumber(2112), testNumber(2113)];
    const before = await kept();
    await notifyBirth(product, { nhsNumber: baby, motherNhsNumber: mother });
    expect(await kept()).toBe(before + 1);
    const { rows: sealed } = await rows.query(
      `select encode(sealed, 'escape') || encode(mother_hash, 'escape') as text from unmatched_birth`,
    );
    for (const { text } of sealed) expect(text).not.toMatch(new RegExp(`${mother}|${baby}`));
    expect((await check(baby)).answer).toBe('no-plan');
    await putUnborn(product, { localId: 'b12', nhsNumber: mother });
    expect((await check(baby)).answer).toBe('awaiting-authority');
    expect(await kept()).toBe(before);
    await notifyBirth(product, { nhsNumber: baby, motherNhsNumber: mother });
    expect(await newborns(baby)).toHaveLength(1);
  });

  it('and the unborn plan that come at the same moment never miss each other', async () => {
    for (let n = 0; n < 6; n += 1) {
      const [mother, baby] = [testNumber(2200 + 2 * n), testNumber(2201 + 2 * n)];
      await Promise.all([
        putUnborn(product, { localId: `b13-${n}`, nhsNumber: mother }),
        notifyBirth(product, { nhsNumber: baby, motherNhsNumber: mother }),
      ]);
      expect((await check(baby)).answer).toBe('awaiting-authority');
    }
  });

  it('that was found by one authority’s plan is found by another’s too', async () => {
    const [mother, baby] = [testNumber(2114), testNumber(2115)];
    await putUnborn(product, { localId: 'b14', nhsNumber: mother });
    await notifyBirth(product, { nhsNumber: baby, motherNhsNumber: mother });
    await putUnborn(product, {
      localId: 'b14',
      nhsNumber: mother,
      authority: leicestershire,
      as: 'leicestershire-system',
    });
    expect((await check(baby)).awaiting).toHaveLength(2);
  });

  it('that nobody was concerned by is erased after 28 days', async () => {
    const clock = product.app.get(Clock);
    await notifyBirth(product, { nhsNumber: testNumber(2116), motherNhsNumber: testNumber(2117) });
    clock.advance(28 * dayMs - hourMs);
    await product.app.get(BirthsService).erase();
    expect(await kept()).toBeGreaterThan(0);
    clock.advance(hourMs + 60_000);
    await product.app.get(BirthsService).erase();
    clock.advance(-28 * dayMs - 60_000);
    expect(await kept()).toBe(0);
    const { rows: counts } = await rows.query(`select outcome, sum(births)::int as births from birth_count group by 1`);
    expect(counts).toEqual(expect.arrayContaining([{ outcome: 'matched-later', births: expect.any(Number) }]));
  });

  it('is alerted to the owner of the mother’s plan, once, and says the two things to do', async () => {
    const [mother, baby] = [testNumber(2118), testNumber(2119)];
    await putUnborn(product, { localId: 'b15', nhsNumber: mother, givenName: 'Ida', familyName: 'Poe' });
    await notifyBirth(product, { nhsNumber: baby, motherNhsNumber: mother });
    const [newborn] = await newborns(baby);
    const acts = product.app.get(AlertsActivitiesOfPostgres);
    expect(await acts.raiseBirthAlerts(newborn?.plan_id ?? '')).toEqual({ raised: 1 });
    expect(await acts.raiseBirthAlerts(newborn?.plan_id ?? '')).toEqual({ raised: 0 });
    const [alert, ...more] = (await list('worker')).filter(({ name }) => name === 'baby of Ida Poe');
    expect(more).toEqual([]);
    expect(alert).toMatchObject({ kind: 'birth', owner: { kind: 'worker', ref: 'W001' } });
    const view = (await (await product.call('worker', 'GET', `/alerts/${alert?.id}`)).json()) as AlertView;
    const shown = (digits: string): string => `${digits.slice(0, 3)} ${digits.slice(3, 6)} ${digits.slice(6)}`;
    expect(view.birth).toMatchObject({
      nhsNumber: shown(baby),
      motherNhsNumber: shown(mother),
      toDo: ['close-mother', 'supply-or-decline'],
      isUrgent: false,
      mayDecline: true,
    });
  });

  it('is alerted by the watchdog before its hour when nothing else did it, and marked urgent after an ended plan', async () => {
    const [mother, baby] = [testNumber(2120), testNumber(2121)];
    await putUnborn(product, { localId: 'b16', nhsNumber: mother, givenName: 'Ana', familyName: 'Lux' });
    await putUnborn(product, {
      localId: 'b16',
      nhsNumber: mother,
      givenName: 'Ana',
      familyName: 'Lux',
      endDate: '2026-11-20',
      endReason: 'loss-of-pregnancy',
    });
    await notifyBirth(product, { nhsNumber: baby, motherNhsNumber: mother });
    const clock = product.app.get(Clock);
    clock.advance(21 * hourMs + 60_000);
    await product.app.get(Watchdog).look();
    clock.advance(-21 * hourMs - 60_000);
    const alert = (await list('worker')).find(({ name }) => name === 'baby of Ana Lux');
    const view = (await (await product.call('worker', 'GET', `/alerts/${alert?.id}`)).json()) as AlertView;
    expect(view.birth).toMatchObject({ isUrgent: true, toDo: ['supply-or-decline'] });
    expect(view.late).toBeUndefined();
  });

  it('reminds the owner, then the manager, then the duty desk, each once', async () => {
    const [mother, baby] = [testNumber(2122), testNumber(2123)];
    await putUnborn(product, { localId: 'b17', nhsNumber: mother, givenName: 'Eve', familyName: 'Rao' });
    await notifyBirth(product, { nhsNumber: baby, motherNhsNumber: mother });
    const [newborn] = await newborns(baby);
    const acts = product.app.get(AlertsActivitiesOfPostgres);
    for (const to of ['reminder', 'manager', 'manager', 'duty-desk'] as const)
      await acts.raiseBirthReminder({ newbornId: newborn?.id ?? '', to, at: product.app.get(Clock).now() });
    const { rows: raised } = await rows.query(
      'select owner_kind, owner_ref from alert where newborn_id = $1 order by raised_at',
      [newborn?.id],
    );
    expect(raised.map(({ owner_kind }) => owner_kind)).toEqual(['worker', 'worker', 'duty-desk']);
    expect(raised[1].owner_ref).not.toBe(raised[0].owner_ref);
  });

  it('makes a check on the newborn a notice and an alert "baby of" its mother', async () => {
    const [mother, baby] = [testNumber(2124), testNumber(2125)];
    await putUnborn(product, { localId: 'b18', nhsNumber: mother, givenName: 'Zoe', familyName: 'Kim' });
    await notifyBirth(product, { nhsNumber: baby, motherNhsNumber: mother });
    await check(baby);
    await check(baby);
    await product.app.get(BatchesActivitiesOfPostgres).claimNotices({ authority: leicester, slot: 'births-18' });
    await product.app
      .get(AlertsActivitiesOfPostgres)
      .raiseAlerts({ authority: leicester, slot: 'births-18', limit: 100 });
    const alert = (await list('worker')).find(({ name, kind }) => name === 'baby of Zoe Kim' && kind === 'access');
    expect(alert).toMatchObject({ accesses: 2, places: 1 });
    const view = (await (await product.call('worker', 'GET', `/alerts/${alert?.id}`)).json()) as AlertView;
    expect(view.history).toHaveLength(2);
    expect(view.history.every(({ inThisAlert }) => inThisAlert)).toBe(true);
  });

  it('is one answer for a newborn of another authority and for none, and a decline waits for Temporal', async () => {
    const [mother, baby] = [testNumber(2126), testNumber(2127)];
    await putUnborn(product, { localId: 'b19', nhsNumber: mother });
    await notifyBirth(product, { nhsNumber: baby, motherNhsNumber: mother });
    const [newborn] = await newborns(baby);
    const id = newborn?.id ?? '';
    expect((await declineAs('worker-leicestershire', id)).status).toBe(404);
    expect((await declineAs('worker', '00000000-0000-4000-8000-000000000000')).status).toBe(404);
    expect((await declineAs('worker', 'nonsense')).status).toBe(404);
    expect((await declineAs('worker', id)).status).toBe(503);
    expect((await declineAs('worker', id, 'because')).status).toBe(422);
    expect((await declineAs('clinician', id)).status).toBe(403);
    expect((await check(baby)).answer).toBe('awaiting-authority');
  });

  it('that is declined is awaited no more, with its history, and is declined once', async () => {
    const [mother, baby] = [testNumber(2128), testNumber(2129)];
    await putUnborn(product, { localId: 'b20', nhsNumber: mother });
    await notifyBirth(product, { nhsNumber: baby, motherNhsNumber: mother });
    const [newborn] = await newborns(baby);
    const acts = product.app.get(BirthsActivitiesOfPostgres);
    const decline = {
      newbornId: newborn?.id ?? '',
      by: 'w',
      at: product.app.get(Clock).now(),
      reason: 'wrong-match',
    } as const;
    expect([await acts.recordDecline(decline), await acts.recordDecline({ ...decline, at: 1 })]).toEqual([
      'declined',
      'declined',
    ]);
    expect((await check(baby)).answer).toBe('no-plan');
    const { rows: events } = await rows.query('select kind from newborn_event where newborn_id = $1 order by id', [
      newborn?.id,
    ]);
    expect(events.map(({ kind }) => kind)).toEqual(['notified', 'declined']);
    await expect(rows.query('delete from newborn_event')).rejects.toThrow('append-only');
  });
});
