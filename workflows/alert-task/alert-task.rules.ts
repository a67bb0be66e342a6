import { isFields, isInstant, isOneOf, isShortText } from '../shapes.rules';
import { outcomes } from './contract';
import type { Act, Closure, Rung, TaskDeadlines, TaskIdentity, TaskRefusal, TaskResult, TaskState } from './contract';

export const currentSchemaVersion = 1;

/** A task that nobody has looked at yet. */
export const newTask: TaskState = { schemaVersion: currentSchemaVersion, stage: 'open', rung: 'owner' };

/** What an act leads to: the state after it (the very same one when it changes nothing), or why not. */
export type Decision =
  { readonly allowed: true; readonly state: TaskState } | { readonly allowed: false; readonly refusal: TaskRefusal };

/** Somebody opened the alert: the first time counts, and it never takes a task back (domain 13). */
export function see(state: TaskState, at: number): TaskState {
  const seenAt = Math.min(at, state.seenAt ?? at);
  const stage = state.stage === 'open' ? 'seen' : state.stage;
  return state.seenAt === seenAt && state.stage === stage ? state : { ...state, stage, seenAt };
}

/** The first person to acknowledge has it: again, by the same person or another, is the same answer. */
export function acknowledge(state: TaskState, { by, at }: Act): Decision {
  if (state.stage === 'closed') return refused('alert-already-closed');
  if (state.stage === 'acknowledged') return allowed(state);
  return allowed({ ...see(state, at), stage: 'acknowledged', acknowledgedAt: at, acknowledgedBy: by });
}

/**
 * Closing an alert that nobody has acknowledged acknowledges it in the same act. The person whose own access it tells of
 * may not close it (domain 14). The same closure again is the same answer; another one comes too late.
 */
export function close(state: TaskState, { by, at, outcome }: Closure, causedBy: readonly string[]): Decision {
  if (state.stage === 'closed')
    return state.closedBy === by && state.outcome === outcome ? allowed(state) : refused('alert-already-closed');
  if (causedBy.includes(by)) return refused('alert-caused-by-caller');
  const known = {
    ...see(state, at),
    acknowledgedAt: state.acknowledgedAt ?? at,
    acknowledgedBy: state.acknowledgedBy ?? by,
  };
  return allowed({ ...known, stage: 'closed', closedAt: at, closedBy: by, outcome });
}

/** Asks the next person; never an earlier one again. */
export const escalate = (state: TaskState, rung: Rung): TaskState =>
  rungs.indexOf(rung) > rungs.indexOf(state.rung) ? { ...state, rung } : state;

type Deadlines = Pick<TaskDeadlines, 'managerAt' | 'dutyDeskAt'>;

/** Who is to be asked at `now`: not seen in time, the manager, then the duty desk; once seen, nobody else (domain 11). */
export function rungDue(state: TaskState, deadlines: Deadlines, now: number): Rung {
  if (state.stage !== 'open') return state.rung;
  const due = now >= deadlines.dutyDeskAt ? 'duty-desk' : now >= deadlines.managerAt ? 'manager' : 'owner';
  return escalate(state, due).rung;
}

/** When the next person is asked, epoch milliseconds; undefined once the alert is seen or the duty desk is asked. */
export function nextDeadline(state: TaskState, deadlines: Deadlines): number | undefined {
  if (state.stage !== 'open' || state.rung === 'duty-desk') return undefined;
  return state.rung === 'owner' ? Math.min(deadlines.managerAt, deadlines.dutyDeskAt) : deadlines.dutyDeskAt;
}

/** How long to wait for the next deadline, in milliseconds: at least 1 (0 would be no timer), at most 30 days. */
export function waitFor(now: number, deadline: number | undefined): number {
  const longest = 30 * 86_400_000;
  return deadline === undefined ? longest : Math.min(longest, Math.max(1, deadline - now));
}

/** The row, with what a signal told while the row was being read: a row is never behind in anything else. */
export const catchUp = (row: TaskState, told: TaskState): TaskState =>
  told.seenAt === undefined ? row : see(row, told.seenAt);

export const isTaskIdentity = (value: unknown): value is TaskIdentity =>
  isFields(value) && isShortText(value.alertId) && isShortText(value.authority);

export const isAct = (value: unknown): value is Act => isFields(value) && isShortText(value.by) && isInstant(value.at);

/** Why this cannot be a closure, whatever was sent; undefined when it is one. */
export function faultOfClosure(value: unknown): TaskRefusal | undefined {
  if (!isFields(value) || !isAct(value)) return 'act-malformed';
  if (value.note !== undefined && typeof value.note !== 'string') return 'act-malformed';
  return isOutcome(value.outcome) ? undefined : 'outcome-unknown';
}

/** What a person reads when the workflow has completed; undefined while the task is open. */
export const resultOf = ({ stage, outcome, rung }: TaskState): TaskResult | undefined =>
  stage === 'closed' && outcome !== undefined ? { outcome, rung } : undefined;

/** In one line, without personal data: what an administrator sees in the Temporal UI. */
export const detailsOf = ({ stage, rung, outcome }: TaskState): string =>
  outcome === undefined ? `Stage: ${stage}. Asked: ${rung}.` : `Stage: ${stage}, ${outcome}. Last asked: ${rung}.`;

const rungs: readonly Rung[] = ['owner', 'manager', 'duty-desk'];
const isOutcome = isOneOf(outcomes);
const allowed = (state: TaskState): Decision => ({ allowed: true, state });
const refused = (refusal: TaskRefusal): Decision => ({ allowed: false, refusal });
