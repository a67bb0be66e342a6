import { isCount, isFields, isIsoInstant, isOneOf, isShortText } from '../shapes.rules';
import type { ChildPlanResult, ChildPlanState, PlanIdentity, PlanReview, PlanStage } from './contract';

const msPerHour = 3_600_000;
const msPerDay = 24 * msPerHour;

export const longestSleepMs = 30 * msPerDay;
export const currentSchemaVersion = 1;

const stages: readonly PlanStage[] = ['unborn', 'active', 'ended', 'expired-unresolved', 'out-of-sight'];

/** A plan of which nothing was told yet. */
export const newPlanState: ChildPlanState = {
  schemaVersion: currentSchemaVersion,
  stage: 'active',
  version: 0,
  accesses: 0,
  alerts: 0,
  toldIds: [],
};

/** True when a workflow can live by it: a GSS code and an opaque id. */
export const isPlanIdentity = (value: unknown): value is PlanIdentity =>
  isFields(value) && isShortText(value.planId) && isShortText(value.authority);

/**
 * The state that the last run handed over, brought to today's shape: the one upgrade function.
 * What it cannot read it leaves: a new state is rebuilt from the facts at the run's first review.
 */
export function upgrade(carried: unknown): ChildPlanState {
  if (!isFields(carried) || carried.schemaVersion !== currentSchemaVersion) return newPlanState;
  const { stage, version, accesses, alerts, lastAccessAt, toldIds } = carried;
  if (!isStage(stage) || !isCount(version) || !isCount(accesses) || !isCount(alerts)) return newPlanState;
  if (!Array.isArray(toldIds) || !toldIds.every(isCount)) return newPlanState;
  const state = { schemaVersion: currentSchemaVersion, stage, version, accesses, alerts, toldIds } as const;
  return isIsoInstant(lastAccessAt) ? { ...state, lastAccessAt } : state;
}

/** The state after a look at the facts. */
export const reviewed = (state: ChildPlanState, review: PlanReview): ChildPlanState => ({
  ...state,
  stage: review.stage,
  version: Math.max(state.version, review.version),
});

/** True from the instant at which the stage changes by itself. Both epoch milliseconds. */
export const clockHasCome = (now: number, nextChangeAt: number | undefined): boolean =>
  nextChangeAt !== undefined && now >= nextChangeAt;

/**
 * How long to sleep, in milliseconds, when nothing is told meanwhile. `nextChangeAt` is epoch milliseconds.
 *
 * Anybody who may open the Temporal UI reads a timer's length and start. A length of `nextChangeAt − now` would be the
 * EDD or the birthday in plain writing, and so would any length derived from it. So only two kinds of sleep exist:
 * - 30 days, while the change is more than 31 days ahead or none is known;
 * - a nap until the next night hour, 02:00–04:00 UTC, which is reckoned from the present time alone: an even number of
 *   hours, at most a day. Every plan near a clock naps alike, and naps on through whole days until the change has come.
 * What remains to be read: that a change is within a month, and, afterwards, that one has come. The night hour is past
 * midnight in London summer and winter, so the change is noticed in the night that brings it.
 */
export function sleepFor(now: number, nextChangeAt?: number): number {
  const isFar = nextChangeAt === undefined || nextChangeAt - now > 31 * msPerDay;
  return isFar ? longestSleepMs : napUntilNight(now);
}

/** In one line, without personal data: what an administrator sees in the Temporal UI. */
export const detailsOf = (state: ChildPlanState): string =>
  `Stage: ${state.stage}. Told of ${state.accesses} accesses and ${state.alerts} alerts. Facts at version ${state.version}.`;

export const resultOf = (state: ChildPlanState): ChildPlanResult => ({
  stage: 'out-of-sight',
  accesses: state.accesses,
  alerts: state.alerts,
});

const isStage = isOneOf(stages);

/** The same minute and second between 02:00 and 04:00 UTC as `now` has within its pair of hours: spread over all plans. */
function napUntilNight(now: number): number {
  const pair = 2 * msPerHour;
  const wakeInDay = pair + (now % pair);
  const ahead = wakeInDay - (now % msPerDay);
  return ahead > 0 ? ahead : ahead + msPerDay;
}
