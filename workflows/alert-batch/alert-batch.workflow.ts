import {
  ApplicationFailure,
  proxyActivities,
  setCurrentDetails,
  setHandler,
  sleep,
  workflowInfo,
} from '@temporalio/workflow';
import { show } from '../findable';
import { refusal } from '../handlers';
import {
  afterRound,
  beforeRaising,
  detailsOf,
  idleRoundMs,
  isBatchRequest,
  nextRound,
  resultOf,
  slotOf,
  subjectsPerRound,
} from './alert-batch.rules';
import { batchProgress } from './contract';
import type { AlertBatchActivities, BatchProgress, BatchRequest, BatchResult } from './contract';

/** The Schedule's execution timeout is what ends a batch that cannot work; the watchdog does not wait for it. */
const acts = proxyActivities<AlertBatchActivities>({
  startToCloseTimeout: '30 seconds',
  retry: { initialInterval: '1 second', maximumInterval: '1 minute', nonRetryableErrorTypes: ['authority-not-found'] },
});

/** Set by the server on what a Schedule starts. */
const scheduledStartTime = { name: 'TemporalScheduledStartTime', type: 'DATETIME' } as const;

/**
 * One authority, one slot (design.md): claims the notices, raises their alerts, records. Each step twice is harmless.
 * Fails with `batch-stuck` when raising makes no headway; what is left is raised by the watchdog.
 */
export async function alertBatch(request: BatchRequest): Promise<BatchResult> {
  let progress: BatchProgress = { slot: '', notices: 0, alerts: 0, stage: 'claiming' };
  setHandler(batchProgress, () => progress);
  if (!isBatchRequest(request)) throw refusal('batch-request-malformed');

  const { authority } = request;
  const { typedSearchAttributes, startTime } = workflowInfo();
  const slot = slotOf(request, typedSearchAttributes.get(scheduledStartTime), startTime);
  const reach = (reached: Partial<BatchProgress>): void => {
    progress = { ...progress, slot, ...reached };
    setCurrentDetails(detailsOf(progress));
    show({ authority, stage: progress.stage, schemaVersion: 1 });
  };

  reach({ stage: 'claiming' });
  const { claimed } = await acts.claimNotices({ authority, slot });
  reach({ stage: 'raising', notices: claimed });
  if (claimed > 0) await raiseAll({ authority, slot }, (raised) => reach({ alerts: progress.alerts + raised }));
  reach({ stage: 'recording' });
  await acts.recordBatch({ authority, slot, notices: progress.notices, alerts: progress.alerts });
  reach({ stage: 'done' });
  return resultOf(progress);
}

async function raiseAll(batch: { authority: string; slot: string }, count: (raised: number) => void): Promise<void> {
  let raising = beforeRaising;
  do {
    const round = await acts.raiseAlerts({ ...batch, limit: subjectsPerRound });
    count(round.raised);
    raising = afterRound(raising, round);
    if (nextRound(raising) === 'after-a-pause') await sleep(idleRoundMs, { summary: 'waits for others' });
  } while (nextRound(raising) !== 'done' && nextRound(raising) !== 'stuck');
  if (nextRound(raising) === 'stuck')
    throw ApplicationFailure.nonRetryable(`${raising.left} subjects are left to the watchdog`, 'batch-stuck');
}
