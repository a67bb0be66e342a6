import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';

/** The piece of work that an alert gives a worker: seen, acknowledged, closed, escalated (domain 11, 13, 14, 20). */
export const alertTask = 'alertTask';
/** Each run reads the row first, so nothing is carried from run to run. */
export type AlertTask = (task: TaskIdentity) => Promise<TaskResult>;
export const alertTaskId = (alertId: string): string => `alert-task/${alertId}`;

export interface TaskIdentity {
  readonly alertId: string;
  readonly authority: string;
}

/** Outcomes of an alert (domain 20). */
export const outcomes = [
  'no-further-action',
  'family-contacted',
  'visit-planned',
  'strategy-discussion',
  'shared-with-partner',
  'recorded-in-error',
] as const;
export type Outcome = (typeof outcomes)[number];

/** Who is asked now: the owner, then the team's manager, then the duty desk (domain 11). */
export type Rung = 'owner' | 'manager' | 'duty-desk';
export type TaskStage = 'open' | 'seen' | 'acknowledged' | 'closed';

/** Flat JSON. Times are epoch milliseconds. */
export interface TaskState {
  readonly schemaVersion: 1;
  readonly stage: TaskStage;
  readonly rung: Rung;
  readonly seenAt?: number;
  readonly acknowledgedAt?: number;
  readonly acknowledgedBy?: string;
  readonly closedAt?: number;
  readonly closedBy?: string;
  readonly outcome?: Outcome;
}

export interface TaskResult {
  readonly outcome: Outcome;
  readonly rung: Rung;
}

/** `by` is the person's id; `at` epoch milliseconds, the server's time. */
export interface Act {
  readonly by: string;
  readonly at: number;
}

/** How an alert was closed; `note` is the person's own words, kept with the row. */
export interface Closure extends Act {
  readonly outcome: Outcome;
  readonly note?: string;
}

/** A fact, row first: the relay tells it. */
export const alertSeen = defineSignal<[Act]>('alertSeen');
export const acknowledgeAlert = defineUpdate<TaskState, [Act]>('acknowledgeAlert');
export const closeAlert = defineUpdate<TaskState, [Closure]>('closeAlert');
export const taskState = defineQuery<TaskState>('taskState');

/** `ApplicationFailure.type` of a refused decision; the caller turns it into a problem of the same name. */
export type TaskRefusal = 'alert-already-closed' | 'alert-caused-by-caller' | 'outcome-unknown' | 'act-malformed';

/** Working-day deadlines (England), worked out where the calendar is; epoch milliseconds. */
export interface TaskDeadlines {
  readonly managerAt: number;
  readonly dutyDeskAt: number;
  /** Ids of the people whose own accesses this alert tells of: they may not close it (domain 14). */
  readonly causedBy: readonly string[];
  /** The row as it stands: a task that starts late (Temporal was down) catches up with it. */
  readonly state: TaskState;
}

/** `at` is epoch milliseconds. */
export interface BirthReminder {
  readonly newbornId: string;
  readonly to: 'reminder' | 'manager' | 'duty-desk';
  readonly at: number;
}

/** Idempotent acts of the alerts noun. Raising is always here (design.md, "Notices and alerts"). */
export interface AlertsActivities {
  /** Raises alerts for at most `limit` subjects of the notices claimed under `slot`; call until `left` is 0. */
  raiseAlerts(batch: { authority: string; slot: string; limit: number }): Promise<{ raised: number; left: number }>;
  /** Raises the alerts of the births under an unborn plan that have none yet; the watchdog does it else. */
  raiseBirthAlerts(planId: string): Promise<{ raised: number }>;
  /** One more alert about a birth that the authority did not answer, to the owner, the manager or the duty desk; once each. */
  raiseBirthReminder(reminder: BirthReminder): Promise<void>;
  readTask(alertId: string): Promise<TaskDeadlines>;
  /** Writes the row and its history entry; the same act twice is one. */
  recordAcknowledgement(alertId: string, act: Act): Promise<void>;
  recordClosure(alertId: string, closure: Closure): Promise<void>;
  /** Moves who is asked now; stores the rung with its time. */
  recordEscalation(alertId: string, rung: Rung, at: number): Promise<void>;
}
export type AlertTaskActivities = Omit<AlertsActivities, 'raiseAlerts' | 'raiseBirthAlerts' | 'raiseBirthReminder'>;
