import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { csvOf } from '../support/csv';
import { until } from '../support/live-product';
import { checkOf, checks } from './accesses';
import { alerts, batchRuns, everythingIsTold, workerDecides } from './decisions';
import { clinician, note, people } from './people';
import { call, leicester, type Run } from './run';
import { planOf } from './supplies';
import { contentsOf } from './temporal-places';

/** PostgreSQL refuses a row and quotes it, where a fault of ours would: in a request, a file, a check, two activities. */
export async function postgresRefuses(run: Run): Promise<void> {
  const { refusedByRow, child } = people;
  const quoted = `family_name <> '${refusedByRow.familyName}'`;
  await whileRefused(run, { table: 'plan', unless: quoted }, async () => {
    const path = `${leicester}/plans/${refusedByRow.localId}`;
    await call(run, { as: 'leicester-system', method: 'PUT', path, body: planOf(refusedByRow), gives: [500, 503] });
    const file = `${leicester}/uploads?sequence=4&kind=delta`;
    await call(run, { as: 'leicester-system', path: file, csv: csvOf([refusedByRow]), gives: [202] });
    await until('the file could not be merged', async () => logOf(run).includes('a file could not be merged'));
  });
  await whileRefused(run, { table: 'access', unless: `clinician_id <> '${clinician.id}'` }, async () => {
    await call(run, { as: 'ed-system', path: '/checks', body: checkOf(child.nhsNumber), gives: [503] });
  });
}

/** The batch's and the task's activities fail for a moment: what Temporal keeps of a failure is read while it is kept. */
export async function activitiesFail(run: Run): Promise<void> {
  const { refusedByRow } = people;
  await checks(run, people.dueFarAhead);
  const number = people.dueFarAhead.nhsNumber;
  await whileRefused(run, { table: 'alert', unless: `subject <> '${number}'` }, async () => {
    await call(run, { as: 'leicester-system', path: `${leicester}/batches`, gives: [202] });
    await readFailure(run, 'raiseAlerts');
  });
  await batchRuns(run);
  const alert = (await alerts(run)).find(({ stage }) => stage === 'open');
  const closure = { as: 'worker', path: `/alerts/${alert?.id}/closure`, requestId: randomUUID() };
  const body = { outcome: 'visit-planned', note: `${note} ${refusedByRow.familyName}` };
  await whileRefused(
    run,
    { table: 'alert', unless: `closing_note not like '%${refusedByRow.familyName}%'` },
    async () => {
      await call(run, { ...closure, body, gives: [503] });
      await readFailure(run, 'recordClosure');
    },
  );
  await call(run, { ...closure, body, gives: [200] });
}

/** Connections break in the middle of whatever they did. */
export async function connectionsBreak(run: Run): Promise<void> {
  const { product, owner } = run;
  const asked = Array.from({ length: 12 }, (_, turn) => [
    product.call('ed-system', 'POST', '/checks', { body: checkOf(people.child.nhsNumber) }),
    product.call('leicester-system', 'PUT', `${leicester}/plans/${people.putAlone.localId}`, {
      body: { ...planOf(people.putAlone), teamRef: `T0${(turn % 5) + 1}` },
    }),
  ]).flat();
  for (let turn = 0; turn < 5; turn += 1)
    await owner.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where usename in ('cpis_app', 'cpis_check') and datname = current_database()`,
    );
  await Promise.all(asked);
  await until('PostgreSQL is used again', () => checks(run, people.child).then(() => true));
}

/** Facts go on, decisions are refused; then everything is told. */
export async function temporalIsAway(run: Run): Promise<void> {
  const [open] = (await alerts(run)).filter(({ stage }) => stage === 'open');
  await run.server.stop();
  await checks(run, people.child);
  await call(run, { as: 'worker', path: `/alerts/${open?.id}/acknowledgement`, gives: [503] });
  await call(run, { as: 'leicester-system', path: `${leicester}/batches`, gives: [503] });
  await run.server.start();
  await until('the alert can be decided again', () => workerDecides(run, open?.id ?? '').then(() => true), 120);
  await batchRuns(run);
  await everythingIsTold(run);
}

export const logOf = ({ product }: Run): string => readFileSync(product.logFile, 'utf8');

async function whileRefused(
  { owner }: Run,
  { table, unless }: { readonly table: string; readonly unless: string },
  work: () => Promise<void>,
): Promise<void> {
  await owner.query(`alter table ${table} add constraint planted check (${unless}) not valid`);
  try {
    await work();
  } finally {
    await owner.query(`alter table ${table} drop constraint planted`);
  }
}

async function readFailure({ temporal, read }: Run, activity: string): Promise<void> {
  await until(`${activity} has failed`, async () => {
    const { places } = await contentsOf(temporal);
    const failing = places.filter(({ text }) => text.includes(activity) && text.includes('lastFailure'));
    read.push(...failing);
    return failing.length > 0;
  });
}
