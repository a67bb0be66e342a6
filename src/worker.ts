import 'reflect-metadata';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Logger } from 'nestjs-pino';
import { searchAttributes } from '../workflows/search-attributes';
import { taskQueue } from '../workflows/task-queue';
import { AccessPartitions } from './accesses/access-partitions';
import { AlertTasks } from './alerts/alert-tasks';
import { AlertsActivitiesOfPostgres } from './alerts/alerts.activities';
import { Watchdog } from './alerts/watchdog';
import { AppModule } from './app.module';
import { BatchSchedules } from './batches/batch-schedules';
import { BatchesActivitiesOfPostgres } from './batches/batches.activities';
import { BirthProcesses } from './births/birth-processes';
import { BirthsActivitiesOfPostgres } from './births/births.activities';
import { BirthsService } from './births/births.service';
import { PlanProcesses } from './plans/plan-processes';
import { PlansActivitiesOfPostgres } from './plans/plans.activities';
import { Config } from './platform/config';
import { Relay } from './platform/outbox/relay';
import { exitOn, onShutdown } from './platform/process';
import { repeat } from './platform/repeat';
import { ensureSearchAttributes } from './platform/temporal/search-attributes';
import { TemporalClient } from './platform/temporal/temporal-client';
import { activitiesOf, createWorkerHost } from './platform/temporal/worker-composition';
import { UploadMerging } from './uploads/upload-merging';

const dayMs = 86_400_000;
const hourMs = 3_600_000;
const minuteMs = 60_000;

/** The worker process: activities of the workflows, the relay, the Schedules – and a watchdog like every process. */
async function main(): Promise<void> {
  const config = new Config(process.env);
  const app = await NestFactory.createApplicationContext(AppModule.with(config), {
    bufferLogs: true,
    abortOnError: false,
  });
  app.useLogger(app.get(Logger));
  const host = createWorkerHost({
    config,
    taskQueue,
    activities: activitiesOf(
      app.get(AlertsActivitiesOfPostgres),
      app.get(BatchesActivitiesOfPostgres),
      app.get(BirthsActivitiesOfPostgres),
      app.get(PlansActivitiesOfPostgres),
    ),
    prepare: async () => void (await ensureSearchAttributes(app.get(TemporalClient), typesOf(searchAttributes))),
    onFatal: exitOn('The Temporal worker stopped'),
  });
  const relay = startRelay(app);
  const watchdog = app.get(Watchdog);
  const uploads = app.get(UploadMerging);
  host.start();
  watchdog.start();
  uploads.start();
  const duties = [
    repeat('schedules', minuteMs, () => app.get(BatchSchedules).reconcile()),
    repeat('kept-births', hourMs, () => app.get(BirthsService).erase()),
    repeat('access-partitions', dayMs, () => app.get(AccessPartitions).ensure()),
  ];
  onShutdown(async () => {
    await Promise.all([relay.stop(), watchdog.stop(), uploads.stop(), ...duties.map((duty) => duty.stop())]);
    await host.stop();
    await app.close();
  });
}

const typesOf = (attributes: typeof searchAttributes) =>
  Object.fromEntries(Object.values(attributes).map(({ name, type }) => [name, type]));

function startRelay(app: INestApplicationContext): Relay {
  const relay = app.get(Relay);
  const tasks = app.get(AlertTasks);
  const plans = app.get(PlanProcesses);
  relay.register('alert-task', (key, authority, events) => tasks.tell(key, authority, events));
  const births = app.get(BirthProcesses);
  relay.register('birth-transfer', (key, authority, events) => births.tell(key, authority, events));
  relay.register('child-plan', (key, authority, events) => plans.tell(key, authority, events));
  relay.start();
  return relay;
}

main().catch(exitOn('The worker process could not start'));
