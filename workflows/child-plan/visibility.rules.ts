import { addDays, earliest, eighteenthBirthday } from '../dates.rules';
import type { IsoDate } from '../dates.rules';
import type { PlanStage } from './contract';

/** Reasons to end a plan (domain 20). */
export const endReasons = [
  'protection-no-longer-needed',
  'moved-to-another-authority',
  'adopted',
  'returned-home',
  'reached-18',
  'died',
  'loss-of-pregnancy',
  'stillbirth',
  'recorded-in-error',
  'other',
] as const;
export type EndReason = (typeof endReasons)[number];

/** What decides whether a plan is in sight. All London days; `birthDate` is the child's (a UCPP's is never read: it is the mother's). */
export interface PlanDates {
  readonly type: 'CPP' | 'LAC' | 'UCPP';
  readonly startDate: IsoDate;
  readonly endDate?: IsoDate | undefined;
  readonly endReason?: EndReason | undefined;
  readonly expectedDeliveryDate?: IsoDate | undefined;
  readonly birthDate?: IsoDate | undefined;
}

export type Visibility = 'active' | 'ended' | 'expired-unresolved' | 'out-of-sight';

/** A state and its last day, inclusive; without `through` nothing ahead changes it by itself. */
export interface Sight {
  readonly state: Visibility;
  readonly through?: IsoDate;
}

export const daysInSightAfterEnd = 365;
export const daysInSightAfterDueDate = 28;

/** The state of a recorded plan on the London day `today`, and how long it lasts (domain 2). All windows are inclusive. */
export function sightOn(plan: PlanDates, today: IsoDate): Sight {
  if (leavesSightAtOnce(plan) && plan.endDate !== undefined) return untilCutOff(plan, plan.endDate, today);
  const end = effectiveEnd(plan);
  if (end !== undefined) return sightOfEnded(end, today);
  return plan.type === 'UCPP' ? sightOfUnborn(plan, today) : { state: 'active' };
}

/** Recorded plans only: a future start counts as active (domain 2). */
export const visibilityOn = (plan: PlanDates, today: IsoDate): Visibility => sightOn(plan, today).state;

/** The stage that the plan's workflow shows: an unborn plan that is active reads `unborn`. */
export function stageOn(plan: PlanDates, today: IsoDate): PlanStage {
  const state = visibilityOn(plan, today);
  return plan.type === 'UCPP' && state === 'active' ? 'unborn' : state;
}

/** The first later day on which `visibilityOn` differs from today's, if time alone brings one. */
export function nextChangeOn(plan: PlanDates, today: IsoDate): IsoDate | undefined {
  const { through } = sightOn(plan, today);
  return through === undefined ? undefined : addDays(through, 1);
}

/** The last active day: the end date, or the day before a CPP's or LAC's 18th birthday when that comes first (domain 2). */
export const effectiveEnd = (plan: PlanDates): IsoDate | undefined => earliest(plan.endDate, lastDayAs17(plan));

/** An unborn plan that was lost or an error is gone from its end date on; other ends stay in sight for a year (domain 2). */
export const leavesSightAtOnce = (plan: PlanDates): boolean =>
  plan.type === 'UCPP' &&
  plan.endDate !== undefined &&
  (plan.endReason === 'loss-of-pregnancy' || plan.endReason === 'stillbirth' || plan.endReason === 'recorded-in-error');

/** The day before the 18th birthday; undefined for a UCPP and where the birth date is not known. */
export const lastDayAs17 = (plan: PlanDates): IsoDate | undefined =>
  plan.type === 'UCPP' || plan.birthDate === undefined ? undefined : addDays(eighteenthBirthday(plan.birthDate), -1);

function untilCutOff(plan: PlanDates, endDate: IsoDate, today: IsoDate): Sight {
  if (today >= endDate) return { state: 'out-of-sight' };
  const { state, through } = sightOfUnborn(plan, today);
  const lastDay = addDays(endDate, -1);
  return { state, through: earliest(through, lastDay) ?? lastDay };
}

function sightOfEnded(end: IsoDate, today: IsoDate): Sight {
  if (today <= end) return { state: 'active', through: end };
  const lastInSight = addDays(end, daysInSightAfterEnd);
  return today <= lastInSight ? { state: 'ended', through: lastInSight } : { state: 'out-of-sight' };
}

/** Nothing but a person's act takes an overdue unborn plan out of sight (domain 6). */
function sightOfUnborn(plan: PlanDates, today: IsoDate): Sight {
  if (plan.expectedDeliveryDate === undefined) return { state: 'active' };
  const lastDay = addDays(plan.expectedDeliveryDate, daysInSightAfterDueDate);
  return today <= lastDay ? { state: 'active', through: lastDay } : { state: 'expired-unresolved' };
}
