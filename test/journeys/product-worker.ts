import { taskQueue } from '../../workflows/task-queue';
import { AlertTasks } from '../../src/alerts/alert-tasks';
import { AlertsActivitiesOfPostgres } from '../../src/alerts/alerts.activities';
import { BatchesActivitiesOfPostgres } from '../../src/batches/batches.activities';
import { BirthProcesses } from '../../src/births/birth-processes';
import { BirthsActivitiesOfPostgres } from '../../src/births/births.activities';
import { PlanProcesses } from '../../src/plans/plan-processes';
import { PlansActivitiesOfPostgres } from '../../src/plans/plans.activities';
import { Relay } from '../../src/platform/outbox/relay';
import { bundleWorkflows } from '../../src/platform/temporal/bundle';
import { dataConverterWith } from '../../src/platform/temporal/data-converter';
import { EncryptionCodec } from '../../src/platform/temporal/payload-codec';
import { activitiesOf } from '../../src/platform/temporal/worker-composition';
import { WorkerHost } from '../../src/platform/temporal/worker-host';
import type { Product } from '../support/product';

const nobodyListens = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** The worker's share of the product, beside the web's application: the workflows, their activities and the relay. */
export async function startWorkerOf({ app, config }: Product): Promise<{ stop: () => Promise<void> }> {
  const host = new WorkerHost({
    address: config.temporalAddress,
    namespace: config.temporalNamespace,
    taskQueue,
    workflowBundle: await bundleWorkflows(require.resolve('../../workflows')),
    activities: activitiesOf(
      app.get(AlertsActivitiesOfPostgres),
      app.get(BatchesActivitiesOfPostgres),
      app.get(BirthsActivitiesOfPostgres),
      app.get(PlansActivitiesOfPostgres),
    ),
    dataConverter: dataConverterWith(app.get(EncryptionCodec)),
    log: nobodyListens,
    onFatal: (error) => {
      throw error;
    },
    longestPauseMs: 500,
    shutdownGraceMs: 1000,
  });
  const relay = app.get(Relay);
  relay.register('alert-task', (key, authority, events) => app.get(AlertTasks).tell(key, authority, events));
  relay.register('birth-transfer', (key, authority, events) => app.get(BirthProcesses).tell(key, authority, events));
  relay.register('child-plan', (key, authority, events) => app.get(PlanProcesses).tell(key, authority, events));
  host.start();
  relay.start(100);
  return {
    stop: async () => {
      await relay.stop();
      await host.stop();
    },
  };
}
