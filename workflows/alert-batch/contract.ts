import { defineQuery } from '@temporalio/workflow';
import type { AlertsActivities } from '../alert-task/contract';

/** One authority, one slot: claim accesses, raise alerts, record (design.md). */
export const alertBatch = 'alertBatch';
export type AlertBatch = (request: BatchRequest) => Promise<BatchResult>;
/** For a batch that a person asked for; a Schedule adds its own planned time to `alert-batch/<authority>`. */
export const alertBatchId = (authority: string, slot: string): string => `alert-batch/${authority}/${slot}`;
export const alertScheduleId = (authority: string): string => `alert-batch/${authority}`;

/** `slot` is absent when a Schedule starts it: the planned time is then the slot (`TemporalScheduledStartTime`). */
export interface BatchRequest {
  readonly authority: string;
  readonly slot?: string;
}

export interface BatchResult {
  readonly slot: string;
  readonly notices: number;
  readonly alerts: number;
}

/** Shown while it runs. */
export interface BatchProgress extends BatchResult {
  readonly stage: 'claiming' | 'raising' | 'recording' | 'done';
}
export const batchProgress = defineQuery<BatchProgress>('batchProgress');

/** Claiming twice claims the same: `claimed` counts every notice that carries the slot. */
export interface BatchesActivities {
  claimNotices(batch: { authority: string; slot: string }): Promise<{ claimed: number }>;
  recordBatch(batch: { authority: string; slot: string; notices: number; alerts: number }): Promise<void>;
}

export type AlertBatchActivities = BatchesActivities & Pick<AlertsActivities, 'raiseAlerts'>;
