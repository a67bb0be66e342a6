'use strict';
// Inside the image: exit code 0 when the process of this container does its work. node scripts/health.cjs web|worker
const { hostname } = require('node:os');

const checks = {
  /** The web process answers. */
  async web() {
    const { ok } = await fetch(`http://127.0.0.1:${process.env.PORT ?? 3000}/health/live`);
    return ok;
  },

  /** Temporal has heard of this container's worker within the last two minutes. */
  async worker() {
    const { Connection } = require('@temporalio/client');
    const { taskQueue } = require('../dist/workflows/task-queue.js');
    const connection = await Connection.connect({ address: process.env.TEMPORAL_ADDRESS, connectTimeout: '3s' });
    const { pollers } = await connection.workflowService.describeTaskQueue({
      namespace: process.env.TEMPORAL_NAMESPACE ?? 'default',
      taskQueue: { name: taskQueue },
      taskQueueType: 'TASK_QUEUE_TYPE_WORKFLOW',
    });
    const recently = Date.now() / 1000 - 120;
    return pollers.some(({ identity, lastAccessTime }) => {
      return identity.endsWith(`@${hostname()}`) && Number(lastAccessTime.seconds) > recently;
    });
  },
};

const check = checks[process.argv[2]];
Promise.resolve(check ? check() : false).then(
  (well) => process.exit(well ? 0 : 1),
  () => process.exit(1),
);
