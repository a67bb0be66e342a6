import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { AlertsActivities } from '../alert-task/contract';

/** From a notified birth to the newborn's confirmed plan: one per unborn plan, one entry per baby (domain 7). */
export const birthTransfer = 'birthTransfer';
export type BirthTransfer = (transfer: TransferIdentity, carried?: TransferState) => Promise<TransferResult>;
/** `planId` is the unborn plan's opaque UUID. A birth that comes when the last run is done begins another one. */
export const birthTransferId = (planId: string): string => `birth-transfer/${planId}`;

/** `authority` is a GSS code. */
export interface TransferIdentity {
  readonly planId: string;
  readonly authority: string;
}

/** Reasons to decline a newborn's plan (domain 20). */
export const declineReasons = [
  'no-plan-needed-after-birth',
  'other-authority-responsible',
  'wrong-match',
  'stillbirth-or-death',
] as const;
export type DeclineReason = (typeof declineReasons)[number];

/**
 * What the relay tells, in any order: a birth, a change of the mother's record, a newborn's plan that came. `id` is the
 * outbox id, `at` ISO 8601 UTC. The facts themselves are read from the rows: nothing personal travels here.
 */
export interface TransferEvent {
  readonly id: number;
  readonly kind: 'born' | 'mother-changed' | 'supplied';
  readonly at: string;
}
export const transferEvents = defineSignal<[readonly TransferEvent[]]>('transferEvents');
export const transferState = defineQuery<TransferState>('transferState');

/** `by` is the person's id; `at` epoch milliseconds, the server's time. */
export interface Decline {
  readonly newbornId: string;
  readonly by: string;
  readonly at: number;
  readonly reason: DeclineReason;
}
export const declineNewborn = defineUpdate<TransferState, [Decline]>('declineNewborn');

/** `ApplicationFailure.type` of a refused decision; the caller turns it into a problem. */
export type TransferRefusal = 'newborn-not-found' | 'newborn-settled' | 'reason-unknown' | 'decline-malformed';

/** `not-expected` is a stillborn baby: no plan is ever asked for. */
export type NewbornState = 'awaiting' | 'supplied' | 'declined' | 'not-expected';

/** One entry per baby. Times are epoch milliseconds. */
export interface Baby {
  readonly newbornId: string;
  readonly state: NewbornState;
  readonly birthOrder: number;
  readonly numberOfBirths: number;
  /** When this authority could first know of it. */
  readonly knownAt: number;
  readonly reason?: DeclineReason;
}

/** Who was last reminded, when the authority does not answer (domain 11). */
export type Step = 'none' | 'reminder' | 'manager' | 'duty-desk';
export type TransferStage = 'awaiting-authority' | 'awaiting-births' | 'stillborn' | 'done';

/** Flat JSON. `told` counts what was told, `toldIds` is a bounded list of outbox ids already applied. */
export interface TransferState {
  readonly schemaVersion: 1;
  readonly motherIsClosed: boolean;
  readonly babies: readonly Baby[];
  readonly step: Step;
  /** Since when nothing more is asked of the authority, epoch milliseconds; absent while something is. */
  readonly settledAt?: number;
  readonly toldIds: readonly number[];
}

/** What a person reads when the workflow has completed: `notified` of `expected` babies, and what became of each. */
export interface TransferResult {
  readonly notified: number;
  readonly expected: number;
  readonly supplied: number;
  readonly declined: number;
  readonly stillborn: number;
  readonly inWords: string;
}

/** The facts as they stand in PostgreSQL, babies in the order in which they became known. */
export interface TransferReview {
  readonly motherIsClosed: boolean;
  readonly babies: readonly Baby[];
}

/** Idempotent acts of the births noun. */
export interface BirthsActivities {
  /** Fails with `plan-not-found` when there is no such unborn plan. */
  reviewTransfer(planId: string): Promise<TransferReview>;
  /** Writes the row and its history; the same decision twice is one. Answers what stands in the row then. */
  recordDecline(decline: Decline): Promise<NewbornState>;
}
export type BirthTransferActivities = BirthsActivities &
  Pick<AlertsActivities, 'raiseBirthAlerts' | 'raiseBirthReminder'>;
