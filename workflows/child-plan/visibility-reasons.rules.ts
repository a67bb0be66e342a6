import { addDays, inWords } from '../dates.rules';
import type { IsoDate } from '../dates.rules';
import {
  daysInSightAfterDueDate,
  daysInSightAfterEnd,
  effectiveEnd,
  lastDayAs17,
  leavesSightAtOnce,
  sightOn,
} from './visibility.rules';
import type { EndReason, PlanDates, Sight } from './visibility.rules';

/** The reasons as a page prints them (domain 20). */
export const endReasonInWords = {
  'protection-no-longer-needed': 'protection no longer needed',
  'moved-to-another-authority': 'moved to another authority',
  adopted: 'adopted',
  'returned-home': 'returned home',
  'reached-18': 'reached 18',
  died: 'died',
  'loss-of-pregnancy': 'loss of pregnancy',
  stillbirth: 'stillbirth',
  'recorded-in-error': 'recorded in error',
  other: 'other',
} as const satisfies Record<EndReason, string>;

/**
 * One plain sentence that says why `visibilityOn(plan, today)` is what it is, with the days that decide it (domain 2).
 * For the authority's own pages: it can give away an EDD or a birthday, so it never goes to the NHS, a log or Temporal.
 */
export function why(plan: PlanDates, today: IsoDate): string {
  const sight = sightOn(plan, today);
  if (leavesSightAtOnce(plan) && plan.endDate !== undefined) return whyCutOff(plan, plan.endDate, sight, today);
  const end = effectiveEnd(plan);
  if (end !== undefined) return whyEnded(plan, end, sight);
  return plan.type === 'UCPP' ? whyUnborn(plan, today) : `${begun(plan, today)}; no end is recorded.`;
}

function whyCutOff(plan: PlanDates, endDate: IsoDate, sight: Sight, today: IsoDate): string {
  const reason = plan.endReason === undefined ? '' : ` (${endReasonInWords[plan.endReason]})`;
  if (sight.state === 'out-of-sight')
    return `Ended on ${inWords(endDate)}${reason}; an unborn plan that ends so is out of sight at once.`;
  return `${withoutStop(whyUnborn(plan, today))}; an end on ${inWords(endDate)}${reason} is recorded and takes it out of sight that day.`;
}

function whyEnded(plan: PlanDates, end: IsoDate, sight: Sight): string {
  const by = end === lastDayAs17(plan) && end !== plan.endDate ? ', the day before the 18th birthday' : '';
  if (sight.state === 'active') return `Active through ${inWords(end)}, ${by === '' ? 'its end date' : by.slice(2)}.`;
  const last = inWords(addDays(end, daysInSightAfterEnd));
  if (sight.state === 'ended') return `Ended on ${inWords(end)}${by}; stays in sight, marked ended, through ${last}.`;
  return `Ended on ${inWords(end)}${by}; was in sight, marked ended, through ${last}.`;
}

function whyUnborn(plan: PlanDates, today: IsoDate): string {
  if (plan.expectedDeliveryDate === undefined) return `${begun(plan, today)}; no expected delivery date is recorded.`;
  const due = inWords(plan.expectedDeliveryDate);
  const lastDay = addDays(plan.expectedDeliveryDate, daysInSightAfterDueDate);
  if (today <= lastDay) return `Unborn, expected on ${due}; in sight as a plan through ${inWords(lastDay)}.`;
  return `Expected on ${due}, and nothing more was heard by ${inWords(lastDay)}; stays in sight, marked expired and unresolved, until a person resolves it.`;
}

const begun = (plan: PlanDates, today: IsoDate): string =>
  plan.startDate > today
    ? `Recorded, and in sight already; starts on ${inWords(plan.startDate)}`
    : `Active since ${inWords(plan.startDate)}`;

const withoutStop = (sentence: string): string => sentence.replace(/\.$/, '');
