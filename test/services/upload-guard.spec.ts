import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import type { UploadView } from '../../src/uploads/uploads.schema';
import { aRow, type PlanRowBuilder } from '../builders/plan-row.builder';
import { fileOf } from '../builders/upload-file.builder';
import { startProduct, type Product } from '../support/product';
import { putPlan, testNumber } from '../support/requests';
import { answersOf, readUpload, upload } from '../support/uploads';

const plans = Array.from({ length: 20 }, (_, n) =>
  aRow()
    .called(`g-${n}`)
    .under(testNumber(6000 + n)),
);
const ended = (count: number, day = '2026-11-20'): PlanRowBuilder[] =>
  plans.slice(0, count).map((plan) => plan.ended(day));

describe('the guard of uploads', () => {
  let product: Product;
  let rows: Client;
  let sequence = 0;

  beforeAll(async () => {
    product = await startProduct();
    rows = new Client({ connectionString: product.databases.ownerUrl });
    await rows.connect();
    await send(plans);
  });
  afterAll(async () => {
    await rows.end();
    await product.stop();
  });

  const send = (rowsOfFile: readonly PlanRowBuilder[], kind: 'full' | 'delta' = 'delta'): Promise<UploadView> =>
    upload(product, { csv: fileOf(rowsOfFile), sequence: ++sequence, kind });
  const read = (): Promise<UploadView> => readUpload(product, `/authorities/E06000016/uploads/${sequence}`);
  const decide = (decision: string, of = sequence, as = 'data-quality'): Promise<Response> =>
    product.call(as, 'POST', `/authorities/E06000016/uploads/${of}/approval`, { body: { decision } });
  const endedIds = async (): Promise<string[]> => {
    const { rows: found } = await rows.query<{ local_id: string }>(
      'select local_id from plan where end_date is not null order by local_id',
    );
    return found.map((row) => row.local_id);
  };
  const openQuestions = async (): Promise<{ cause: string; held: number }[]> => {
    const { rows: found } = await rows.query<{ held: number }>(
      `select (detail ->> 'held')::int as held from question where kind = 'guard' and answered_at is null order by raised_at`,
    );
    return found as { cause: string; held: number }[];
  };

  it('lets through five ends of twenty', async () => {
    const view = await send(ended(5));
    expect(view.counts).toMatchObject({ ended: 5, held: 0 });
    await send(plans);
    expect(await endedIds()).toEqual([]);
  });

  it('holds six ends of twenty, while everything else of the file applies at once', async () => {
    const others = [
      plans[19]?.with({ worker_ref: 'W002' }),
      aRow().called('new').under(testNumber(6100)),
    ] as PlanRowBuilder[];
    const view = await send([...ended(6), ...others]);
    expect(view).toMatchObject({
      fileCode: 'CPF03',
      counts: { held: 6, ended: 0, amended: 1, recorded: 1, loaded: 2, rejected: 0 },
    });
    expect(view.questions).toEqual({ guard: 1 });
    expect(await endedIds()).toEqual([]);
    const answers = await answersOf(product, view);
    expect(
      answers
        .slice(0, 6)
        .every(
          ({ code, field, message }) =>
            code === 'CPR07' && field === 'end_date' && message.startsWith('Waiting for approval'),
        ),
    ).toBe(true);
    expect(answers.slice(6).map(({ code }) => code)).toEqual(['CPR06', 'CPR06']);
    expect(await openQuestions()).toMatchObject([{ held: 6 }]);
  });

  it('is opened by nobody but a person with the right for it', async () => {
    expect((await decide('apply', sequence, 'leicester-system')).status).toBe(403);
    expect((await decide('apply', sequence, 'worker')).status).toBe(403);
    expect((await decide('perhaps')).status).toBe(422);
    expect(await endedIds()).toEqual([]);
  });

  it('applies what waits when a person says so, with history, and answers the question', async () => {
    const answer = await decide('apply');
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ fileCode: 'CPF02', counts: { held: 0, loaded: 8, rejected: 0 } });
    expect(await endedIds()).toEqual(['g-0', 'g-1', 'g-2', 'g-3', 'g-4', 'g-5']);
    expect((await answersOf(product, await read())).map(({ code }) => code)).toEqual(
      Array.from({ length: 8 }, () => 'CPR06'),
    );
    expect(await openQuestions()).toEqual([]);
    const { rows: events } = await rows.query(
      `select kind, by, upload_sequence from plan_event e join plan p on p.id = e.plan_id where p.local_id = 'g-0' order by e.id desc limit 1`,
    );
    expect(events).toEqual([{ kind: 'ended', by: 'E06000016/Q01', upload_sequence: sequence }]);
  });

  it('is not asked twice: the same decision again changes nothing, the other one is refused', async () => {
    expect((await decide('apply')).status).toBe(200);
    const other = await decide('discard');
    expect(other.status).toBe(409);
    expect(((await other.json()) as { type: string }).type).toBe('urn:problem:upload-not-waiting');
    expect((await decide('apply', 1)).status).toBe(409);
  });

  it('discards what waits when a person says so', async () => {
    await send(plans);
    const waiting = await send(ended(7));
    expect(waiting.counts?.held).toBe(7);
    expect(await (await decide('discard')).json()).toMatchObject({
      fileCode: 'CPF04',
      counts: { held: 0, loaded: 0, rejected: 7 },
    });
    expect(await endedIds()).toEqual([]);
    expect((await answersOf(product, await read()))[0]?.message).toContain('discarded');
  });

  it('replaces what waits by a later row for the same plan, and does not hold up later files', async () => {
    const first = await send(ended(8));
    const held = sequence;
    await send([plans[0] as PlanRowBuilder, plans[1]?.with({ team_ref: 'T02' }) as PlanRowBuilder]);
    await putPlan(product, { localId: 'g-2', nhsNumber: testNumber(6002) });
    expect((await answersOf(product, first)).slice(0, 4).map(({ message }) => message.includes('replaced'))).toEqual([
      true,
      true,
      true,
      false,
    ]);
    await decide('apply', held);
    expect(await endedIds()).toEqual(['g-3', 'g-4', 'g-5', 'g-6', 'g-7']);
  });

  it('closes its question when later rows replaced everything that waited', async () => {
    await send(plans);
    await send(ended(6));
    expect(await openQuestions()).toHaveLength(1);
    await send(plans);
    expect(await openQuestions()).toEqual([]);
    expect((await decide('apply', sequence - 1)).status).toBe(409);
    expect(await endedIds()).toEqual([]);
  });

  it('holds amendments that would take plans out of sight, whatever column does it', async () => {
    const view = await send(
      plans.slice(0, 6).map((plan) => plan.with({ birth_date: '2006-01-01', start_date: '2023-01-01' })),
    );
    expect(view.counts).toMatchObject({ held: 6, amended: 0 });
    expect((await answersOf(product, view))[0]?.field).toBe('birth_date');
    await decide('discard');
  });

  it('counts an end of today or of tomorrow as an end, though the plan is still live', async () => {
    expect((await send(ended(6, '2026-11-23'))).counts).toMatchObject({ held: 6 });
    await decide('discard');
    expect((await send(ended(6, '2027-01-31'))).counts).toMatchObject({ held: 6 });
    await decide('discard');
  });

  it('holds nothing because of rows that are invalid, nor of plans that a full file does not mention', async () => {
    const invalid = ended(8).map((row) => row.with({ nhs_number: 'X' }));
    const view = await send([...invalid, plans[19] as PlanRowBuilder], 'full');
    expect(view.counts).toMatchObject({ held: 0, ended: 0, rejected: 8 });
    expect(await endedIds()).toEqual([]);
  });

  it('does not hold plans that come ended when they are new', async () => {
    const fresh = Array.from({ length: 8 }, (_, n) =>
      aRow()
        .called(`fresh-${n}`)
        .under(testNumber(6200 + n))
        .ended('2026-11-20'),
    );
    expect((await send(fresh)).counts).toMatchObject({ held: 0, recorded: 8 });
  });
});
