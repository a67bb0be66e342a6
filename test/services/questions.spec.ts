import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import type { PlanView } from '../../src/plans/plans.schema';
import type { QuestionList, QuestionView } from '../../src/plans/questions.schema';
import { aRow } from '../builders/plan-row.builder';
import { fileOf } from '../builders/upload-file.builder';
import { startProduct, type Product } from '../support/product';
import { plainCheck, testNumber } from '../support/requests';
import { answersOf, upload } from '../support/uploads';

describe('questions to an authority', () => {
  let product: Product;
  let rows: Client;
  let sequence = 0;

  beforeAll(async () => {
    product = await startProduct();
    rows = new Client({ connectionString: product.databases.ownerUrl });
    await rows.connect();
  });
  afterAll(async () => {
    await rows.end();
    await product.stop();
  });

  const send = (file: Parameters<typeof fileOf>[0], kind: 'full' | 'delta' = 'delta') =>
    upload(product, { csv: fileOf(file), sequence: ++sequence, kind });
  const get = async (localId: string): Promise<PlanView> =>
    (await (await product.call('data-quality', 'GET', `/authorities/E06000016/plans/${localId}`)).json()) as PlanView;
  const open = async (localId: string, kind: string): Promise<QuestionView[]> => {
    const answer = await product.call('data-quality', 'GET', `/authorities/E06000016/questions?kind=${kind}`);
    return ((await answer.json()) as QuestionList).questions.filter((question) => question.localId === localId);
  };
  const answer = (question: QuestionView | undefined, body: object, as = 'data-quality'): Promise<Response> =>
    product.call(as, 'POST', `/authorities/E06000016/questions/${question?.id}/answer`, { body });
  const checkOf = async (nhsNumber: string): Promise<string> => {
    const response = await product.call('ed-system', 'POST', '/checks', { body: plainCheck(nhsNumber) });
    return ((await response.json()) as { answer: string }).answer;
  };

  describe('about a number that changed', () => {
    it('keep both numbers in sight until a person confirms, then the old one leaves', async () => {
      const [before, after] = [testNumber(8001), testNumber(8002)];
      const plan = aRow().called('n1').under(before);
      await send([plan]);
      const view = await send([plan.under(after)]);
      expect(view.questions).toEqual({ 'number-changed': 1 });
      expect((await answersOf(product, view))[0]).toMatchObject({
        code: 'CPR06',
        message: expect.stringContaining('both numbers stay in sight'),
      });
      expect([await checkOf(before), await checkOf(after)]).toEqual(['plan', 'plan']);
      expect(await get('n1')).toMatchObject({ nhsNumber: after, formerNumbers: [before], version: 2 });
      const [question] = await open('n1', 'number-changed');
      expect((await answer(question, { answer: 'confirmed' })).status).toBe(200);
      expect([await checkOf(before), await checkOf(after)]).toEqual(['no-plan', 'plan']);
      const confirmed = await get('n1');
      expect(confirmed).toMatchObject({ nhsNumber: after, formerNumbers: [], version: 3 });
      expect(confirmed.history.at(-1)).toMatchObject({
        kind: 'number-confirmed',
        by: 'E06000016/Q01',
        was: { formerNumbers: [before] },
      });
      expect(await open('n1', 'number-changed')).toEqual([]);
    });

    it('go back to the number that was there first when a person rejects, as a version of its own', async () => {
      const [first, second, third] = [testNumber(8011), testNumber(8012), testNumber(8013)];
      const plan = aRow().called('n2').under(first);
      await send([plan]);
      await send([plan.under(second)]);
      await send([plan.under(third)]);
      expect((await get('n2')).formerNumbers).toEqual([first, second]);
      const questions = await open('n2', 'number-changed');
      expect(questions).toHaveLength(1);
      expect((await answer(questions[0], { answer: 'rejected' })).status).toBe(200);
      expect([await checkOf(first), await checkOf(second), await checkOf(third)]).toEqual([
        'plan',
        'no-plan',
        'no-plan',
      ]);
      const rejected = await get('n2');
      expect(rejected).toMatchObject({ nhsNumber: first, formerNumbers: [], version: 4 });
      expect(rejected.history.at(-1)).toMatchObject({
        kind: 'amended',
        was: { nhsNumber: third },
        became: { nhsNumber: first },
      });
      expect(await open('n2', 'number-changed')).toEqual([]);
    });

    it('are asked again when the authority insists on a number that was rejected', async () => {
      const [before, after] = [testNumber(8021), testNumber(8022)];
      const plan = aRow().called('n3').under(before);
      await send([plan]);
      await send([plan.under(after)]);
      await answer((await open('n3', 'number-changed'))[0], { answer: 'rejected' });
      await send([plan.under(after), aRow().called('n3-other').under(testNumber(8023))]);
      expect([await checkOf(before), await checkOf(after)]).toEqual(['plan', 'plan']);
      expect(await open('n3', 'number-changed')).toHaveLength(1);
    });

    it('are not asked about a plan that is out of sight: it changes at once', async () => {
      const [before, after] = [testNumber(8031), testNumber(8032)];
      const plan = aRow().called('n4').under(before).with({ start_date: '2024-01-01' }).ended('2024-06-01');
      await send([plan]);
      const view = await send([plan.under(after)]);
      expect(view.questions).toEqual({});
      expect(await get('n4')).toMatchObject({ nhsNumber: after, formerNumbers: [], state: 'out-of-sight' });
    });
  });

  describe('about a missing reason', () => {
    it('show an ended unborn plan as ended, and take it out of sight when the reason is a loss', async () => {
      const nhsNumber = testNumber(8041);
      const plan = aRow().called('r1').under(nhsNumber).unborn();
      await send([plan]);
      const view = await send([plan.ended('2026-11-20')]);
      expect(view.questions).toEqual({ 'end-reason-missing': 1 });
      expect((await answersOf(product, view))[0]?.message).toContain('reason for the end is missing');
      expect(await checkOf(nhsNumber)).toBe('ended');
      const [question] = await open('r1', 'end-reason-missing');
      expect((await answer(question, { answer: 'reason-given' })).status).toBe(422);
      expect((await answer(question, { answer: 'confirmed' })).status).toBe(422);
      expect((await answer(question, { answer: 'reason-given', endReason: 'loss-of-pregnancy' })).status).toBe(200);
      expect(await checkOf(nhsNumber)).toBe('no-plan');
      expect(await get('r1')).toMatchObject({ state: 'out-of-sight', endReason: 'loss-of-pregnancy', version: 3 });
    });

    it('keep the reason that a person gave while the file does not say otherwise', async () => {
      const plan = aRow().called('r2').under(testNumber(8042)).unborn().ended('2026-11-20');
      await send([plan]);
      await answer((await open('r2', 'end-reason-missing'))[0], { answer: 'reason-given', endReason: 'stillbirth' });
      await send([plan.with({ worker_ref: 'W002' })]);
      expect(await get('r2')).toMatchObject({ endReason: 'stillbirth', workerRef: 'W002' });
      expect(await open('r2', 'end-reason-missing')).toEqual([]);
      await send([plan.ended('', '')]);
      expect(await get('r2')).toMatchObject({ endReason: null, endDate: null, state: 'active' });
    });

    it('are settled when the authority sends the reason', async () => {
      const plan = aRow().called('r3').under(testNumber(8043)).unborn().ended('2026-11-20');
      await send([plan]);
      expect(await open('r3', 'end-reason-missing')).toHaveLength(1);
      await send([plan.ended('2026-11-20', 'adopted')]);
      expect(await open('r3', 'end-reason-missing')).toEqual([]);
      expect(await get('r3')).toMatchObject({ endReason: 'adopted', state: 'ended' });
    });

    it('are not asked of a child’s plan', async () => {
      const view = await send([aRow().called('r4').under(testNumber(8044)).ended('2026-11-20')]);
      expect(view.questions).toEqual({});
    });
  });

  describe('about a plan that a full file lacks', () => {
    it('leave it in sight when it is still live, and end it when a person says so', async () => {
      const [live, gone] = [testNumber(8051), testNumber(8052)];
      await send([aRow().called('m1').under(live), aRow().called('m2').under(gone)]);
      await send([aRow().called('m3').under(testNumber(8053))], 'full');
      const [m1] = await open('m1', 'missing-from-full');
      const [m2] = await open('m2', 'missing-from-full');
      expect((await answer(m1, { answer: 'still-live' })).status).toBe(200);
      expect((await answer(m2, { answer: 'ended', endReason: 'returned-home', endDate: '2026-03-01' })).status).toBe(
        422,
      );
      expect((await answer(m2, { answer: 'ended', endReason: 'returned-home', endDate: '2026-11-01' })).status).toBe(
        200,
      );
      expect([await checkOf(live), await checkOf(gone)]).toEqual(['plan', 'ended']);
      expect((await get('m2')).history.at(-1)).toMatchObject({ kind: 'ended', by: 'E06000016/Q01' });
    });

    it('open it again when a later file says that it is live', async () => {
      await send([aRow().called('m2').under(testNumber(8052))]);
      expect(await get('m2')).toMatchObject({ state: 'active', endDate: null, endReason: null });
    });
  });

  it('are answered once: the same answer again changes nothing, another one is refused', async () => {
    const plan = aRow().called('once').under(testNumber(8061));
    await send([plan]);
    await send([plan.under(testNumber(8062))]);
    const [question] = await open('once', 'number-changed');
    const answers = await Promise.all([1, 2, 3].map(() => answer(question, { answer: 'confirmed' })));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect((await get('once')).version).toBe(3);
    const other = await answer(question, { answer: 'rejected' });
    expect(other.status).toBe(409);
    expect((await get('once')).nhsNumber).toBe(testNumber(8062));
  });

  it('are answered by people of the authority with the right for it alone', async () => {
    const [question] = await open('n3', 'number-changed');
    expect((await answer(question, { answer: 'confirmed' }, 'leicester-system')).status).toBe(403);
    expect((await answer(question, { answer: 'confirmed' }, 'worker')).status).toBe(403);
    expect((await product.call('leicestershire-system', 'GET', '/authorities/E06000016/questions')).status).toBe(404);
    for (const id of ['00000000-0000-0000-0000-000000000000', 'x', '------------------------------------'])
      expect(
        (
          await product.call('data-quality', 'POST', `/authorities/E06000016/questions/${id}/answer`, {
            body: { answer: 'confirmed' },
          })
        ).status,
      ).toBe(404);
  });
});
