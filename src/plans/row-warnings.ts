import { daysBetween } from '../../workflows/dates.rules';
import { routeTo, type Directory } from '../../workflows/alert-task/routing.rules';
import { endReasonIn } from './plan-row';
import type { PlanRow, SuppliedPlan } from './supplied-plan';

const youngestLikelyMotherYears = 13;
const longestPregnancyDays = 300;

/** What is unlikely in a row that loads, one sentence each: plausibility warns and never rejects (data/README). */
export function plausibilityWarnings(plan: SuppliedPlan, row: PlanRow): readonly string[] {
  const warnings: string[] = [];
  const { expectedDeliveryDate: due } = plan;
  if (due !== null && isVeryYoung(plan.birthDate, due))
    warnings.push(
      `The mother would be younger than ${youngestLikelyMotherYears} at the expected delivery date: check birth_date.`,
    );
  if (due !== null && daysBetween(plan.startDate, due) > longestPregnancyDays)
    warnings.push('start_date is long before expected_delivery_date: check both.');
  if (plan.startDate < plan.birthDate) warnings.push('start_date is before birth_date: check both.');
  if (due === null && row.expected_delivery_date.trim() !== '')
    warnings.push('expected_delivery_date is for UCPP only and was not stored.');
  if (row.end_reason.trim() !== '' && plan.endReason === null) warnings.push(unusableReason(plan, row));
  return warnings;
}

/** Warns when an alert would not go to the worker whom the plan names (domain 11). Rows share few references: each is routed once. */
export function routingWarnings(directory: Directory): (plan: SuppliedPlan) => string | undefined {
  const known = new Map<string, string | undefined>();
  return ({ workerRef, teamRef }) => {
    const key = JSON.stringify([workerRef, teamRef]);
    if (!known.has(key)) known.set(key, routingWarning(workerRef, teamRef, directory));
    return known.get(key);
  };
}

function routingWarning(workerRef: string | null, teamRef: string | null, directory: Directory): string | undefined {
  const allocation = { workerRef: workerRef ?? undefined, teamRef: teamRef ?? undefined };
  const { owner, because } = routeTo(allocation, directory);
  if (owner.kind === 'worker') return undefined;
  return `The plan is routed to the ${owner.kind === 'team' ? 'team' : 'duty desk'}. ${because}`;
}

const isVeryYoung = (birthDate: string, due: string): boolean =>
  due < `${Number(birthDate.slice(0, 4)) + youngestLikelyMotherYears}${birthDate.slice(4)}`;

const unusableReason = (plan: SuppliedPlan, row: PlanRow): string =>
  plan.endDate === null || endReasonIn(row.end_reason) !== null
    ? 'end_reason came without end_date and was not stored.'
    : 'end_reason is none of the reasons to end a plan and was not stored.';
