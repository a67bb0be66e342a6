import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { alertTaskId, taskState, type TaskState } from '../../workflows/alert-task/contract';
import { childPlanId, childPlanState } from '../../workflows/child-plan/contract';
import type { AlertSummary, AlertView } from '../../src/alerts/alert.schema';
import { csvOf, type CsvRow } from '../support/csv';
import { until } from '../support/live-product';
import { testNumber } from '../support/requests';
import { leicester, Stage } from './stage';

const hourMs = 3_600_000;
const known: CsvRow = { localId: 'wt-1', nhsNumber: testNumber(62_001), familyName: 'Hollis', givenName: 'Ada' };
const alerted: CsvRow = { localId: 'wt-2', nhsNumber: testNumber(62_002), familyName: 'Marsh', givenName: 'Ben' };
const uploaded: CsvRow = { localId: 'wt-3', nhsNumber: testNumber(62_003), familyName: 'Field', givenName: 'Cleo' };
const put: CsvRow = { localId: 'wt-4', nhsNumber: testNumber(62_004), familyName: 'Grove', givenName: 'Dev' };
const checksOfKnown = 3;

describe('with Temporal stopped', () => {
  let stage: Stage;
  let alert: AlertSummary;

  beforeAll(async () => {
    stage = await Stage.open();
    await upload(1, [known, alerted]);
    await until('the first plans are there', async () => (await stage.count('select count(*) from plan')) === 2);
    await stage.check(alerted.nhsNumber);
    await stage.everythingIsTold();
    await stage.runBatch();
    const [first] = await stage.alerts();
    if (!first) throw new Error('there is no alert');
    alert = first;
    await stage.everythingIsTold();
    await stage.server.stop();
  });
  afterAll(() => stage?.close());

  const upload = (sequence: number, rows: readonly CsvRow[]): Promise<unknown> =>
    stage.ask('leicester-system', 'POST', `/authorities/${leicester}/uploads?sequence=${sequence}&kind=delta`, 202, {
      csv: csvOf(rows),
    });
  const problemOf = (path: string, body?: unknown, as = 'worker'): Promise<{ type: string }> =>
    stage.ask(as, 'POST', path, 503, { body });
  const accessesTold = async ({ localId }: CsvRow): Promise<{ accesses: number; alerts: number }> => {
    const { rows } = await stage.rows.query<{ id: string }>('select id from plan where local_id = $1', [localId]);
    const { accesses, alerts } = await stage.temporal.client.workflow
      .getHandle(childPlanId(rows[0]?.id ?? ''))
      .query(childPlanState);
    return { accesses, alerts };
  };

  it('answers checks and stores each with its notice', async () => {
    for (let turn = 0; turn < checksOfKnown; turn += 1) {
      const { id, answer } = await stage.check(known.nhsNumber);
      expect(answer).toBe('plan');
      expect(await stage.count('select count(*) from notice where access_id = $1 and alert_id is null', [id])).toBe(1);
    }
    expect((await stage.check(testNumber(62_099))).answer).toBe('no-plan');
  });

  it('is ready, says that decisions have to wait, and the doctor says what he could not see', async () => {
    const ready = await fetch(`${stage.product.url}/health/ready`);
    expect(ready.status).toBe(200);
    expect(await ready.json()).toMatchObject({
      status: 'ok',
      details: { postgresql: { status: 'up' }, temporal: { reachable: false } },
    });
    const { exitCode, lines } = await stage.doctor();
    expect(exitCode).toBe(1);
    expect(lines).toContainEqual(expect.stringMatching(/^temporal-unreachable\t/));
    expect(lines.filter((line) => line.startsWith('notice-without-alert'))).toHaveLength(checksOfKnown);
  });

  it('takes a file and a single plan, and checks see them at once', async () => {
    await upload(2, [uploaded]);
    await until('the file is merged', async () => {
      const path = `/authorities/${leicester}/uploads/2`;
      return (await stage.ask<{ state: string }>('leicester-system', 'GET', path, 200)).state === 'done';
    });
    const { nhsNumber, familyName, givenName } = put;
    const body = {
      planType: 'CPP',
      nhsNumber,
      familyName,
      givenName,
      birthDate: '2016-05-06',
      startDate: '2026-02-05',
      workerRef: 'W001',
    };
    await stage.ask('leicester-system', 'PUT', `/authorities/${leicester}/plans/${put.localId}`, 200, { body });
    for (const each of [uploaded, put]) expect((await stage.check(each.nhsNumber)).answer).toBe('plan');
  });

  it('shows alerts, and stores that one was seen', async () => {
    expect((await stage.alerts()).map(({ id }) => id)).toEqual([alert.id]);
    const seen = await stage.ask<AlertView>('worker', 'POST', `/alerts/${alert.id}/seen`, 200);
    expect(seen).toMatchObject({ stage: 'seen', name: 'Ben Marsh', clocks: { seen: expect.any(String) } });
    const page = await stage.product.call('worker', 'GET', `/my/alerts/${alert.id}`);
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('Ben Marsh')]);
  });

  it('refuses decisions, with the way out, and changes nothing', async () => {
    const unavailable = { type: 'urn:problem:workflows-unavailable' };
    expect(await problemOf(`/alerts/${alert.id}/acknowledgement`)).toMatchObject(unavailable);
    expect(await problemOf(`/alerts/${alert.id}/closure`, { outcome: 'visit-planned' })).toMatchObject(unavailable);
    expect(await problemOf(`/authorities/${leicester}/batches`, undefined, 'leicester-system')).toMatchObject(
      unavailable,
    );
    expect(await stage.ask('worker', 'GET', `/alerts/${alert.id}`, 200)).toMatchObject({ stage: 'seen' });
  });

  it('raises by the watchdog what no batch raised, before its hour, with an owner and a delivery', async () => {
    await stage.product.kill('web', 'SIGTERM');
    const offset = Number(stage.product.environment['CLOCK_OFFSET_MS']) + 22 * hourMs;
    stage.product.run('web', { CLOCK_OFFSET_MS: String(offset) });
    await stage.product.untilAnswers();
    await until(
      'the watchdog raised',
      async () => (await stage.count('select count(*) from notice where alert_id is null')) === 0,
      90,
    );
    const raised = (await stage.alerts()).find(({ name }) => name === 'Ada Hollis');
    expect(raised).toMatchObject({ stage: 'open', accesses: checksOfKnown, owner: { kind: 'worker', ref: 'W001' } });
    expect(raised).not.toHaveProperty('late');
    const onTime = `select count(*) from alert a join delivery d on d.alert_id = a.id
      where a.id = $1 and a.slot like 'watchdog/%' and a.raised_at <= a.due_at and d.first_attempt_at <= a.due_at`;
    expect(await stage.count(onTime, [raised?.id])).toBe(1);
    expect(await problemOf(`/alerts/${raised?.id}/acknowledgement`)).toMatchObject({ status: 503 });
  }, 120_000);

  it('tells everything when Temporal is back: tasks start, plans know their accesses, nothing is doubled', async () => {
    await stage.server.start();
    await stage.everythingIsTold(200);
    const { client } = stage.temporal;
    const alerts = await stage.alerts();
    expect(alerts).toHaveLength(4);
    for (const { id } of alerts)
      await until(
        'its task runs',
        async () => (await client.workflow.getHandle(alertTaskId(id)).describe()).status.name === 'RUNNING',
      );
    const told = await client.workflow.getHandle(alertTaskId(alert.id)).query<TaskState, []>(taskState);
    expect(told.stage).toBe('seen');
    expect(await accessesTold(known)).toEqual({ accesses: checksOfKnown, alerts: 1 });
    expect(await accessesTold(alerted)).toEqual({ accesses: 1, alerts: 1 });
    expect(await accessesTold(uploaded)).toEqual({ accesses: 1, alerts: 1 });
    expect(await accessesTold(put)).toEqual({ accesses: 1, alerts: 1 });
    expect(await stage.count(`select count(*) from alert_event where kind = 'raised'`)).toBe(4);
    expect(await stage.count('select count(*) from notice')).toBe(checksOfKnown + 3);
    expect(await stage.count('select count(*) from access')).toBe(checksOfKnown + 4);
    expect(await stage.count(`select count(*) from plan_event where kind = 'recorded'`)).toBe(4);
    for (const type of ['alertTask', 'childPlan'])
      expect((await client.workflow.count(`WorkflowType = '${type}'`)).count).toBe(4);
  }, 300_000);

  it('takes decisions again, on what the watchdog raised too', async () => {
    for (const { id } of await stage.alerts()) {
      const closure = { body: { outcome: 'family-contacted' }, requestId: randomUUID() };
      await stage.ask('worker', 'POST', `/alerts/${id}/acknowledgement`, 200);
      expect(await stage.ask('worker', 'POST', `/alerts/${id}/closure`, 200, closure)).toMatchObject({
        stage: 'closed',
      });
    }
  });
});
