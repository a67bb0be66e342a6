import { defineQuery, defineSignal } from '@temporalio/workflow';

/** One plan's whole life: unborn → born → active → ended → out of sight (design.md, "The processes"). */
export const childPlan = 'childPlan';
export type ChildPlan = (plan: PlanIdentity, carried?: ChildPlanState) => Promise<ChildPlanResult>;
/** `planId` is an opaque UUID: the workflow id carries no personal data. */
export const childPlanId = (planId: string): string => `plan/${planId}`;

/** `authority` is a GSS code. */
export interface PlanIdentity {
  readonly planId: string;
  readonly authority: string;
}

/**
 * What the relay tells. `id` is the outbox id (unique, not ordered across kinds); `at` is ISO 8601 UTC.
 * `accessed` names the notices' accesses by id only; `alerted` the alert that was raised for them.
 */
export type PlanEvent =
  | {
      readonly id: number;
      readonly kind: 'recorded' | 'amended' | 'ended';
      readonly version: number;
      readonly at: string;
    }
  | { readonly id: number; readonly kind: 'accessed'; readonly accessId: string; readonly at: string }
  | { readonly id: number; readonly kind: 'alerted'; readonly alertId: string; readonly at: string };

export const planEvents = defineSignal<[readonly PlanEvent[]]>('planEvents');
export const childPlanState = defineQuery<ChildPlanState>('childPlanState');

/** `unborn` and `expired-unresolved` are UCPP only; `out-of-sight` ends the workflow (domain 2). */
export type PlanStage = 'unborn' | 'active' | 'ended' | 'expired-unresolved' | 'out-of-sight';

/** Flat JSON; one upgrade function per `schemaVersion`. `toldIds` is a bounded list of outbox ids already applied. */
export interface ChildPlanState {
  readonly schemaVersion: 1;
  readonly stage: PlanStage;
  readonly version: number;
  readonly accesses: number;
  readonly lastAccessAt?: string;
  readonly alerts: number;
  readonly toldIds: readonly number[];
}

/** What a person reads when the workflow has completed. */
export interface ChildPlanResult {
  readonly stage: 'out-of-sight';
  readonly accesses: number;
  readonly alerts: number;
}

/**
 * The facts as they stand in PostgreSQL, with London days already turned into instants (epoch milliseconds).
 * `nextChangeAt` is when the stage changes by itself (18th birthday, end of sight, EDD + 29); absent when nothing is ahead.
 */
export interface PlanReview {
  readonly stage: PlanStage;
  readonly version: number;
  readonly nextChangeAt?: number;
}

/** Idempotent acts of the plans noun. */
export interface PlansActivities {
  /** Reads the facts; when the 18th birthday has come it first records the end by itself (domain 2). */
  reviewPlan(planId: string): Promise<PlanReview>;
}
