import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ScheduleOverlapPolicy } from '@temporalio/client';
import type { BatchProgress } from '../../workflows/alert-batch/contract';
import { batchProgress, alertBatchId } from '../../workflows/alert-batch/contract';
import { alertTaskId, taskState, type AlertTask, type TaskState } from '../../workflows/alert-task/contract';
import { childPlanId, childPlanState } from '../../workflows/child-plan/contract';
import type { AlertSummary, AlertView } from '../../src/alerts/alert.schema';
import type { UploadView } from '../../src/uploads/uploads.schema';
import { toJson } from '../../src/platform/temporal/decode-payloads';
import { until } from '../support/live-product';
import { leicester, Stage } from './stage';

const file = join(resolve(__dirname, '../..'), 'data/uploads/leicester-0001-full.csv');
/** Two children of the file, allocated to the demo worker. */
const child = { localId: 'LCS-100782', nhsNumber: '9992826592', name: 'Mei Nowak' };
const other = { localId: 'LCS-100017', nhsNumber: '9996402355', name: 'Zofia Okafor' };
const hourMs = 3_600_000;

describe('the main job, from a file to a closed alert', () => {
  let stage: Stage;
  let slot: string;
  let alert: AlertSummary;

  beforeAll(async () => {
    stage = await Stage.open({ inMemory: true });
  });
  afterAll(() => stage?.close());

  const planIdOf = async (localId: string): Promise<string> =>
    (await stage.rows.query('select id from plan where local_id = $1', [localId])).rows[0].id as string;
  const alertOf = async (name: string): Promise<AlertSummary> => {
    const found = (await stage.alerts()).find((each) => each.name === name);
    if (!found) throw new Error(`no alert of ${name}`);
    return found;
  };
  const inTemporal = async (query: string): Promise<number> =>
    (await stage.temporal.client.workflow.count(query)).count;

  it('takes the authority’s file, and loads its good rows though others fail', async () => {
    const path = `/authorities/${leicester}/uploads`;
    const csv = readFileSync(file);
    await stage.ask('leicester-system', 'POST', `${path}?sequence=1&kind=full`, 202, { csv });
    let upload: UploadView | undefined;
    await until('the file is merged', async () => {
      upload = await stage.ask<UploadView>('leicester-system', 'GET', `${path}/1`, 200);
      return upload.state === 'done';
    });
    expect(upload).toMatchObject({ fileCode: 'CPF03', counts: { rows: 960, loaded: 920, rejected: 40 } });
  });

  it('makes each plan in sight a living process, found by authority and stage', async () => {
    const { rows } = await stage.rows.query<{ stage: string; plans: string }>(
      `select case when type = 'UCPP' and state = 'active' then 'unborn' else state end as stage, count(*) as plans
       from plan, plan_state(type, end_date, end_reason, expected_delivery_date, birth_date, '2026-11-23') as state
       where state is not null group by 1`,
    );
    expect(rows.map((row) => row.stage)).toEqual(expect.arrayContaining(['active', 'ended', 'unborn']));
    const living = `WorkflowType = 'childPlan' AND ExecutionStatus = 'Running' AND Authority`;
    for (const { stage: at, plans } of rows)
      await until(
        `${plans} plans are ${at}`,
        async () => (await inTemporal(`${living} = '${leicester}' AND Stage = '${at}'`)) === Number(plans),
        400,
      );
    expect(await inTemporal(`${living} = 'E10000018'`)).toBe(0);
  }, 450_000);

  it('answers a check with the plan and the authority’s telephones, and stores the access with its notice', async () => {
    expect((await stage.doctor()).exitCode).toBe(0);
    const answer = await stage.check(child.nhsNumber);
    expect(answer).toMatchObject({
      answer: 'plan',
      plans: [{ type: 'LAC', state: 'active', authority: { gss: leicester, emergencyPhone: '0116 496 0101' } }],
    });
    expect(
      await stage.count('select count(*) from notice where access_id = $1 and plan_id = $2', [
        answer.id,
        await planIdOf(child.localId),
      ]),
    ).toBe(1);
    await stage.check(child.nhsNumber);
    await stage.check(other.nhsNumber);
  });

  it('keeps a Schedule of the authority: its morning hour in London and twelve hours later', async () => {
    const handle = stage.temporal.client.schedule.getHandle(`alert-batch/${leicester}`);
    await until('the Schedule is there', () => handle.describe().then(() => true), 90);
    const { spec, policies, action, state } = await handle.describe();
    expect(spec.timezone).toBe('Europe/London');
    expect(spec.calendars?.map(({ hour, minute }) => [hour, minute])).toEqual(
      [6, 18].map((hour) => [[{ start: hour, end: hour, step: 1 }], [{ start: 0, end: 0, step: 1 }]]),
    );
    expect(policies).toMatchObject({ overlap: ScheduleOverlapPolicy.BUFFER_ONE, catchupWindow: 20 * hourMs });
    expect(action).toMatchObject({ workflowType: 'alertBatch', args: [{ authority: leicester }] });
    expect(action.workflowExecutionTimeout).toBeLessThan(12 * hourMs);
    expect(state.paused).toBe(false);
    const [one, two] = (await handle.describe()).info.nextActionTimes;
    expect(Number(two) - Number(one)).toBe(12 * hourMs);
  }, 100_000);

  it('turns the notices into alerts when a batch is asked for, each with a task that runs', async () => {
    const batch = await stage.runBatch();
    slot = batch.slot;
    expect(batch).toMatchObject({ notices: 3, alerts: 2 });
    const progress = await stage.temporal.client.workflow
      .getHandle(alertBatchId(leicester, slot))
      .query<BatchProgress, []>(batchProgress);
    expect(progress).toEqual({ slot, notices: 3, alerts: 2, stage: 'done' });
    alert = await alertOf(child.name);
    expect(alert).toMatchObject({ stage: 'open', accesses: 2, places: 1, owner: { kind: 'worker', ref: 'W001' } });
    const tasks = `WorkflowType = 'alertTask' AND Authority = '${leicester}' AND Stage = 'open' AND ExecutionStatus = 'Running'`;
    await until('both tasks run', async () => (await inTemporal(tasks)) === 2);
  });

  it('lets the worker see, acknowledge and close the alert, and completes the task with a result that can be read', async () => {
    const task = stage.temporal.client.workflow.getHandle<AlertTask>(alertTaskId(alert.id));
    const act = (verb: string, body?: unknown): Promise<AlertView> =>
      stage.ask('worker', 'POST', `/alerts/${alert.id}/${verb}`, 200, { body });
    expect(await act('seen')).toMatchObject({ stage: 'seen', name: child.name, accesses: 2 });
    await until('the task was told', async () => (await task.query<TaskState, []>(taskState)).stage === 'seen');
    expect(await act('acknowledgement')).toMatchObject({ stage: 'acknowledged' });
    const closed = await act('closure', { outcome: 'visit-planned', note: 'On Tuesday' });
    expect(closed).toMatchObject({ stage: 'closed', outcome: 'visit-planned', closingNote: 'On Tuesday', actions: [] });
    expect(closed.events.map(({ kind }) => kind)).toEqual(['raised', 'seen', 'acknowledged', 'closed']);
    expect(await task.result()).toEqual({ outcome: 'visit-planned', rung: 'owner' });
    expect((await task.describe()).status.name).toBe('COMPLETED');
  });

  it('tells the plan’s process of its accesses and its alert, and no other’s', async () => {
    const handleOf = async (localId: string) =>
      stage.temporal.client.workflow.getHandle(childPlanId(await planIdOf(localId)));
    await stage.everythingIsTold();
    const told = await (await handleOf(child.localId)).query(childPlanState);
    expect(told).toMatchObject({ stage: 'active', version: 1, accesses: 2, alerts: 1 });
    expect(await (await handleOf('LCS-100088')).query(childPlanState)).toMatchObject({ accesses: 0, alerts: 0 });
  });

  it('shows the administrator what the task was started with, by the codec server alone', async () => {
    const { events } = await stage.temporal.client.workflow.getHandle(alertTaskId(alert.id)).fetchHistory();
    const payloads = (events?.[0]?.workflowExecutionStartedEventAttributes?.input?.payloads ?? []).map(toJson);
    expect(Buffer.from(payloads[0]?.data ?? '', 'base64').toString()).not.toContain(alert.id);
    const shown = await stage.ask<{ payloads: { data: string }[] }>('operator', 'POST', '/codec/decode', 200, {
      body: { payloads },
    });
    const text = Buffer.from(shown.payloads[0]?.data ?? '', 'base64').toString();
    expect(JSON.parse(text)).toEqual({ alertId: alert.id, authority: leicester });
  });

  it('is all well, says the doctor', async () => {
    expect(await stage.doctor()).toEqual({
      exitCode: 0,
      lines: ['All is well (0 facts and notices wait their turn).'],
    });
  });

  it('finds nothing wrong in what only waits, and finds it when it has waited too long', async () => {
    await stage.product.kill('worker');
    await stage.check(other.nhsNumber);
    const { exitCode, lines } = await stage.doctor();
    expect(exitCode).toBe(0);
    expect(lines).toEqual([
      expect.stringMatching(/^fact-waiting\toutbox\/\d+\tE06000016\tchild-plan .* 0 attempts$/),
      expect.stringMatching(/^notice-without-alert\tnotice\/\d+\tE06000016\tdue 2026-11-24T12:.*not yet claimed$/),
      'All is well (2 facts and notices wait their turn).',
    ]);
    const later = await stage.doctor(25 * hourMs);
    expect(later.exitCode).toBe(1);
    expect(later.lines).toEqual([
      expect.stringMatching(/^fact-not-told\t/),
      expect.stringMatching(/^notice-late\t/),
      'Not well: 2 findings.',
    ]);
  });

  it('finds an alert whose task was ended by somebody, and an access that should have a notice', async () => {
    const { id, reference } = await alertOf(other.name);
    await stage.temporal.client.workflow.getHandle(alertTaskId(id)).terminate();
    await stage.rows.query(
      `insert into access (id, at, nhs_number, answer, silent, kind, organisation, setting, clinician_id, clinician_name, clinician_role, client)
       select gen_random_uuid(), at, nhs_number, answer, silent, kind, organisation, setting, clinician_id, clinician_name, clinician_role, 'planted'
       from access limit 1`,
    );
    const { exitCode, lines } = await stage.doctor();
    expect(exitCode).toBe(1);
    expect(lines).toContain(
      `alert-without-workflow\talert/${id}\t${leicester}\t${reference} is open, its workflow is terminated`,
    );
    expect(lines).toContainEqual(expect.stringMatching(/^access-without-notice\t/));
    expect(lines.join('\n')).not.toMatch(/\b999\d{7}\b/);
  });
});
