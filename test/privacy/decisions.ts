import { randomUUID } from 'node:crypto';
import { until } from '../support/live-product';
import { note } from './people';
import { call, count, leicester, type Run } from './run';

interface Listed {
  readonly id: string;
  readonly name: string;
  readonly stage: string;
}

/** A batch now, and everything that waited has its alert. */
export async function batchRuns(run: Run): Promise<void> {
  await call(run, { as: 'leicester-system', path: `${leicester}/batches`, gives: [202] });
  const open = 'select count(*) from notice where alert_id is null';
  await until('every notice has its alert', async () => (await count(run, open)) === 0);
}

export const alerts = async (run: Run): Promise<Listed[]> =>
  JSON.parse(await call(run, { as: 'worker', method: 'GET', path: '/alerts', gives: [200] })) as Listed[];

/** Seen, acknowledged, closed with a note, each twice, and with what is refused. */
export async function workerDecides(run: Run, alertId: string): Promise<void> {
  const as = 'worker';
  const path = (act: string): string => `/alerts/${alertId}/${act}`;
  await call(run, { as, method: 'GET', path: `/alerts/${alertId}`, gives: [200] });
  await call(run, { as, path: path('seen'), gives: [200] });
  await call(run, { as, path: path('seen'), gives: [200] });
  await call(run, { as, path: path('acknowledgement'), gives: [200] });
  await call(run, { as, path: path('closure'), body: { outcome: note, note }, gives: [422] });
  const closure = { as, path: path('closure'), body: { outcome: 'visit-planned', note }, requestId: randomUUID() };
  await call(run, { ...closure, gives: [200] });
  await call(run, { ...closure, gives: [200] });
  await call(run, { as, path: path('closure'), body: { outcome: 'family-contacted', note }, gives: [409] });
  await call(run, { as: 'worker-leicestershire', path: path('seen'), gives: [404] });
}

/** The relay has told every process everything. */
export const everythingIsTold = (run: Run): Promise<void> =>
  until(
    'everything is told',
    async () => (await count(run, 'select count(*) from outbox where told_at is null')) === 0,
    150,
  );

/** Made within a minute of the authority's first plan. */
export const theScheduleIsThere = ({ temporal }: Run): Promise<void> =>
  until(
    'the authority has its Schedule',
    async () => {
      for await (const { scheduleId } of temporal.client.schedule.list())
        if (scheduleId.endsWith('E06000016')) return true;
      return false;
    },
    90,
  );
