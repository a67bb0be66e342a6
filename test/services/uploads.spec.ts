import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { UploadMerging } from '../../src/uploads/upload-merging';
import { aRow } from '../builders/plan-row.builder';
import { fileOf } from '../builders/upload-file.builder';
import { startProduct, type Product } from '../support/product';
import { testNumber } from '../support/requests';
import { answersOf, readUpload, sendUpload, upload } from '../support/uploads';

const data = join(__dirname, '../../data/uploads');
const leicester = readFileSync(join(data, 'leicester-0001-full.csv'));
const expected = readFileSync(join(data, 'leicester-0001-full.expected.csv'), 'utf8').trimEnd().split(/\r?\n/);

describe('uploads', () => {
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

  const countOf = async (table: string): Promise<number> => {
    const { rows: counted } = await rows.query<{ n: number }>(`select count(*)::int as n from ${table}`);
    return counted[0]?.n ?? 0;
  };
  const written = async (): Promise<Record<string, number>> => ({
    plans: await countOf('plan'),
    events: await countOf('plan_event'),
    outbox: await countOf('outbox'),
  });
  const problemOf = async (answer: Response): Promise<{ type: string; status: number; detail: string }> =>
    (await answer.json()) as { type: string; status: number; detail: string };

  it('answer each row of the Leicester file as expected, and say where and when to look', async () => {
    sequence = 1;
    const sent = await sendUpload(product, { csv: leicester, sequence, kind: 'full' });
    expect(sent.status).toBe(202);
    expect(sent.headers.get('location')).toBe('/authorities/E06000016/uploads/1');
    expect(await sent.json()).toMatchObject({ state: 'received', fileCode: null, gap: null });
    expect((await product.call('leicester-system', 'GET', '/authorities/E06000016/uploads/1/answers')).status).toBe(
      409,
    );
    await product.app.get(UploadMerging).mergeReceived();
    const view = await readUpload(product, '/authorities/E06000016/uploads/1');
    expect(view).toMatchObject({ state: 'done', fileCode: 'CPF03', progress: { rowsRead: 960 } });
    expect(view.counts).toMatchObject({ rows: 960, loaded: 920, rejected: 40, held: 0, recorded: 920, unchanged: 0 });
    const answers = await answersOf(product, view);
    expect(answers.map(({ row, local_id: localId, code, field }) => [row, localId, code, field].join(','))).toEqual(
      expected.slice(1),
    );
    expect(answers.every(({ message }) => message.length > 10)).toBe(true);
  });

  it('write nothing at all for what did not change', async () => {
    const before = await written();
    const { rows: stamps } = await rows.query<{ stamp: string }>(
      'select max(xmin::text::bigint)::text as stamp from plan',
    );
    sequence = 2;
    const view = await upload(product, { csv: leicester, sequence, kind: 'full' });
    expect(view.counts).toMatchObject({ loaded: 920, unchanged: 920, rejected: 40, recorded: 0, amended: 0, ended: 0 });
    expect(await written()).toEqual(before);
    const { rows: after } = await rows.query<{ stamp: string }>(
      'select max(xmin::text::bigint)::text as stamp from plan',
    );
    expect(after).toEqual(stamps);
    expect(await countOf(`upload_part where upload_id in (select id from upload where sequence = 2)`)).toBe(0);
    expect((await answersOf(product, view)).map(({ code }) => code)).toEqual(
      expected.slice(1).map((line) => line.split(',')[2]),
    );
  });

  it('tell the processes of the plans in sight alone', async () => {
    const { rows: found } = await rows.query<{ told: number; in_sight: number; plans: number }>(
      `select (select count(distinct key)::int from outbox where topic = 'child-plan') as told,
         (select count(*)::int from plan
          where plan_state(type, end_date, end_reason, expected_delivery_date, birth_date, '2026-11-23') is not null) as in_sight,
         (select count(*)::int from plan) as plans`,
    );
    expect(found[0]?.told).toBe(found[0]?.in_sight);
    expect(found[0]?.plans).toBe(920);
  });

  it('are answered as before when the same content comes under the same number', async () => {
    const before = await countOf('upload');
    const again = await sendUpload(product, { csv: leicester, sequence: 1, kind: 'full' });
    expect(again.status).toBe(202);
    expect(again.headers.get('location')).toBe('/authorities/E06000016/uploads/1');
    expect(await again.json()).toMatchObject({ state: 'done', fileCode: 'CPF03' });
    expect(await countOf('upload')).toBe(before);
  });

  it('are refused when other content, or the other kind, comes under a number that was used', async () => {
    for (const sent of [
      { csv: `${leicester.toString()} `, sequence: 1, kind: 'full' } as const,
      { csv: leicester, sequence: 1, kind: 'delta' } as const,
    ]) {
      const answer = await sendUpload(product, sent);
      expect(answer.status).toBe(409);
      expect((await problemOf(answer)).type).toBe('urn:problem:upload-other-content');
    }
  });

  it('report a gap, and refuse what comes too late with the number that comes next', async () => {
    sequence = 5;
    const view = await upload(product, { csv: fileOf([aRow().called('gap').under(testNumber(5001))]), sequence });
    expect(view.gap).toEqual({ expected: 3, received: 5 });
    const late = await sendUpload(product, {
      csv: fileOf([aRow().called('late').under(testNumber(5002))]),
      sequence: 4,
    });
    expect(late.status).toBe(409);
    expect(await problemOf(late)).toMatchObject({
      type: 'urn:problem:upload-out-of-sequence',
      detail: expect.stringContaining('6'),
    });
  });

  it.each([
    ['', 'sequence'],
    ['sequence=7', 'kind'],
    ['kind=full', 'sequence'],
    ['sequence=0&kind=full', 'sequence'],
    ['sequence=1.5&kind=full', 'sequence'],
    ['sequence=7&kind=half', 'kind'],
  ])('are refused with «%s», naming %s', async (query, field) => {
    const answer = await product.call('leicester-system', 'POST', `/authorities/E06000016/uploads?${query}`, {
      csv: leicester,
    });
    expect(answer.status).toBe(422);
    expect(((await answer.json()) as { errors: { field: string }[] }).errors.map((error) => error.field)).toContain(
      field,
    );
  });

  it('of a whole that cannot be read are done with the national code and a sentence, and change nothing', async () => {
    const before = await written();
    for (const [csv, fileCode] of [
      ['', 'CPF01'],
      [fileOf([]), 'CPF01'],
      [fileOf([aRow()]).replace('birth_date', 'birthday'), 'CPF01'],
      [Buffer.from(fileOf([aRow().with({ family_name: 'Müller' })]), 'latin1'), 'CPF01'],
      [`${fileOf([aRow().called('first').under(testNumber(5003))])}"LCS-2,CPP`, 'CPF01'],
      ['child,pin\n1,2\n', 'CPF06'],
    ] as const) {
      const view = await upload(product, { csv, sequence: ++sequence, kind: 'full' });
      expect(view).toMatchObject({ state: 'done', fileCode, counts: null, message: expect.stringMatching(/\.$/) });
      expect(await answersOf(product, view)).toEqual([]);
    }
    expect(await written()).toEqual(before);
  });

  it('load the last of a repeated plan, and tell the earlier ones apart by what they say', async () => {
    const plan = aRow().called('twice').under(testNumber(5010));
    const other = plan.with({ worker_ref: 'W002' });
    const view = await upload(product, { csv: fileOf([plan, other, plan, other]), sequence: ++sequence });
    const answers = await answersOf(product, view);
    expect(answers.map(({ code, field }) => `${code} ${field}`)).toEqual([
      'CPR07 local_id',
      'CPR06 ',
      'CPR07 local_id',
      'CPR06 ',
    ]);
    expect(answers[0]?.message).toContain('row 4');
    const { rows: stored } = await rows.query(`select worker_ref, version from plan where local_id = 'twice'`);
    expect(stored).toEqual([{ worker_ref: 'W002', version: 1 }]);
  });

  it('load the valid one of a repeated plan, whichever row it is', async () => {
    const valid = aRow().called('half').under(testNumber(5011));
    const view = await upload(product, { csv: fileOf([valid, valid.with({ birth_date: '' })]), sequence: ++sequence });
    expect((await answersOf(product, view)).map(({ code }) => code)).toEqual(['CPR06', 'CPR07']);
    expect(await countOf(`plan where local_id = 'half'`)).toBe(1);
  });

  it('warn, and load, where the worker is unknown, away or gone, and where a row is unlikely', async () => {
    const of = (n: number): ReturnType<typeof aRow> =>
      aRow()
        .called(`warned-${n}`)
        .under(testNumber(5020 + n));
    const file = fileOf([
      of(1).with({ worker_ref: 'W999' }),
      of(2).with({ worker_ref: 'W029' }),
      of(3).with({ worker_ref: 'W030' }),
      of(4).with({ worker_ref: '' }),
      of(5).unborn().with({ birth_date: '2015-01-01' }),
      of(6),
    ]);
    const view = await upload(product, { csv: file, sequence: ++sequence });
    expect(view).toMatchObject({ fileCode: 'CPF02', counts: { loaded: 6, warnings: 5 } });
    const messages = (await answersOf(product, view)).map(({ message }) => message);
    expect(messages.slice(0, 4).every((message) => message.includes('routed to the team'))).toBe(true);
    expect(messages[4]).toContain('younger than 13');
    expect(messages[5]).toBe('Not yet traced.');
  });

  it('load records that are out of sight already, and start nothing for them', async () => {
    const before = await countOf('outbox');
    const old = aRow().called('old').under(testNumber(5030)).with({ start_date: '2024-01-01' }).ended('2025-11-22');
    const edge = aRow().called('edge').under(testNumber(5031)).with({ start_date: '2024-01-01' }).ended('2025-11-23');
    const view = await upload(product, { csv: fileOf([old, edge]), sequence: ++sequence });
    expect((await answersOf(product, view)).map(({ code }) => code)).toEqual(['CPR06', 'CPR06']);
    expect(await countOf('outbox')).toBe(before + 1);
  });

  it('end a plan by itself that comes open after the 18th birthday', async () => {
    const grown = aRow()
      .called('grown')
      .under(testNumber(5032))
      .with({ birth_date: '2008-02-29', start_date: '2020-01-01' });
    await upload(product, { csv: fileOf([grown]), sequence: ++sequence });
    const { rows: stored } = await rows.query(`select end_date::text, end_reason from plan where local_id = 'grown'`);
    expect(stored).toEqual([{ end_date: '2026-02-28', end_reason: 'reached-18' }]);
  });

  it('ask about each live plan that a full file lacks, once, and delete none', async () => {
    const plans = await countOf('plan');
    const live = await rows.query<{ n: number }>(
      `select count(*)::int as n from plan where local_id not in ('asked-1', 'faulty')
         and plan_state(type, end_date, end_reason, expected_delivery_date, birth_date, '2026-11-23') in ('active', 'expired-unresolved')`,
    );
    const mentioned = [
      aRow().called('asked-1').under(testNumber(5040)),
      aRow().called('gap').with({ nhs_number: 'X' }),
    ];
    const view = await upload(product, { csv: fileOf(mentioned), sequence: ++sequence, kind: 'full' });
    // the faulty row mentions its plan, so that one is not asked about
    expect(view.questions).toEqual({ 'missing-from-full': (live.rows[0]?.n ?? 0) - 1 });
    const again = await upload(product, { csv: `${fileOf(mentioned)}\r\n`, sequence: ++sequence, kind: 'full' });
    expect(again.questions).toEqual({});
    expect(await countOf('plan')).toBe(plans + 1);
  });

  it('withdraw the question when the plan comes again', async () => {
    await upload(product, { csv: leicester, sequence: ++sequence });
    const { rows: open } = await rows.query<{ local_id: string }>(
      `select p.local_id from question q join plan p on p.id = q.plan_id
       where q.kind = 'missing-from-full' and q.answered_at is null and p.local_id like 'LCS-%'`,
    );
    expect(open).toEqual([]);
  });

  it('stay open to their own authority alone: not there and not yours are one answer', async () => {
    const answer = await product.call('leicestershire-system', 'GET', '/authorities/E06000016/uploads/1');
    const nowhere = await product.call('leicestershire-system', 'GET', '/authorities/E06999999/uploads/1');
    expect([answer.status, nowhere.status]).toEqual([404, 404]);
    expect(((await answer.json()) as { type: string }).type).toBe(((await nowhere.json()) as { type: string }).type);
    for (const sent of ['0', '-1', 'x', '999999999999', '77'])
      expect((await product.call('leicester-system', 'GET', `/authorities/E06000016/uploads/${sent}`)).status).toBe(
        404,
      );
  });

  it('need an emergency telephone of the authority', async () => {
    await rows.query(`update authority set emergency_phone = null where gss = 'E10000018'`);
    const answer = await sendUpload(product, {
      csv: leicester,
      sequence: 1,
      authority: 'E10000018',
      as: 'leicestershire-system',
    });
    await rows.query(`update authority set emergency_phone = '0116 496 0201' where gss = 'E10000018'`);
    expect(answer.status).toBe(409);
    expect((await problemOf(answer)).type).toBe('urn:problem:authority-not-ready');
  });

  it('are text/csv and nothing else', async () => {
    const answer = await product.call(
      'leicester-system',
      'POST',
      `/authorities/E06000016/uploads?sequence=90&kind=full`,
      { body: {} },
    );
    expect(answer.status).toBe(415);
  });
});
