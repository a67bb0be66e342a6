import type { Outcome } from '../../workflows/alert-task/contract';
import { visibilityOn, type EndReason, type PlanDates } from '../../workflows/child-plan/visibility.rules';
import { why } from '../../workflows/child-plan/visibility-reasons.rules';
import type { NewbornView } from '../births/births.schema';
import { shownNhsNumber } from '../nhs-numbers/nhs-number';
import type { AccessOfAlert, AlertRow, HappeningRow, PlanOfAlert } from './alert-reading.repository';
import type { AlertSummary, AlertView } from './alert.schema';
import { birthIn } from './birth-in-view';

export interface Counted {
  readonly accesses: number;
  readonly places: number;
  readonly lastAt: Date;
}
export interface ViewParts {
  readonly alert: AlertRow;
  readonly plans: readonly PlanOfAlert[];
  /** Absent when the alert tells of no access. */
  readonly counted: Counted | undefined;
  /** Of an alert about a birth or a loss. */
  readonly newborn: NewbornView | undefined;
  readonly accesses: readonly AccessOfAlert[];
  readonly happenings: readonly HappeningRow[];
  /** True when the caller's own access is in the alert (domain 14). */
  readonly causedByCaller: boolean;
  readonly mayAnswerBirths: boolean;
  readonly today: string;
}

const iso = (at: Date): string => new Date(at).toISOString();
const clock = <K extends string>(name: K, at: Date | null): { [key in K]?: string } =>
  (at === null ? {} : { [name]: iso(at) }) as { [key in K]?: string };

/** The child's name; for an unborn plan alone, and for a newborn, the mother's, marked (domain 21). */
export function nameOf(plans: readonly PlanOfAlert[]): string {
  const [first] = plans;
  if (!first) return 'name not known';
  const name = [first.givenName, first.familyName].filter(Boolean).join(' ');
  if (first.newbornId !== null) return `baby of ${name}`;
  const unborn = plans.filter((plan) => plan.type === 'UCPP').length;
  if (unborn === plans.length) return `unborn child of ${name}`;
  return unborn > 0 ? `${name}, and her unborn child` : name;
}

const ownerName = (alert: AlertRow): string =>
  alert.ownerName ?? (alert.ownerKind === 'duty-desk' ? 'Duty desk' : alert.ownerRef);

export function summaryOf(alert: AlertRow, plans: readonly PlanOfAlert[], counted: Counted | undefined): AlertSummary {
  return {
    id: alert.id,
    reference: alert.reference,
    kind: alert.kind,
    name: nameOf(plans),
    authority: alert.authority,
    stage: alert.stage,
    rung: alert.rung,
    raisedAt: iso(alert.raisedAt),
    dueAt: iso(alert.dueAt),
    ...(alert.lateBecause !== null && { late: alert.lateBecause }),
    accesses: counted?.accesses ?? 0,
    places: counted?.places ?? 0,
    ...(counted && { lastAccessAt: iso(counted.lastAt) }),
    owner: { kind: alert.ownerKind, ref: alert.ownerRef, name: ownerName(alert) },
  };
}

/** Everything that the page and the API show of one alert. */
export function viewOf(parts: ViewParts): AlertView {
  const { alert, plans, counted, accesses, happenings } = parts;
  return {
    ...summaryOf(alert, plans, counted),
    nhsNumber: shownNhsNumber(plans[0]?.newbornNumber ?? plans[0]?.nhsNumber ?? ''),
    because: alert.because,
    plans: plans.map((plan) => planIn(plan, parts.today)),
    history: accesses.map((access) => accessIn(access, alert.id)),
    places: new Set(accesses.map((access) => access.organisation)).size,
    clocks: { ...clock('sent', alert.sentAt), ...clock('received', alert.receivedAt), ...clock('seen', alert.seenAt) },
    events: happenings.map(({ kind, at, by, byName, detail }) => ({ kind, at: iso(at), by: byName ?? by, detail })),
    ...(parts.newborn && { birth: birthIn(parts.newborn, parts.mayAnswerBirths) }),
    ...choices(parts),
    ...(alert.proceduresUrl !== null && { proceduresUrl: alert.proceduresUrl }),
    ...(alert.outcome !== null && { outcome: alert.outcome as Outcome }),
    ...(alert.closingNote !== null && { closingNote: alert.closingNote }),
  };
}

function choices({ alert, causedByCaller }: ViewParts): Pick<AlertView, 'actions' | 'whyNot'> {
  if (alert.stage === 'closed') return { actions: [], whyNot: 'The alert is closed.' };
  const acknowledge = alert.stage === 'acknowledged' ? [] : (['acknowledge'] as const);
  if (!causedByCaller) return { actions: [...acknowledge, 'close'] };
  return {
    actions: [...acknowledge],
    whyNot: 'You made an access that this alert tells of, so another person must close it.',
  };
}

function planIn(plan: PlanOfAlert, today: string): AlertView['plans'][number] {
  const dates: PlanDates = {
    type: plan.type,
    startDate: plan.startDate,
    endDate: plan.endDate ?? undefined,
    endReason: (plan.endReason ?? undefined) as EndReason | undefined,
    expectedDeliveryDate: plan.expectedDeliveryDate ?? undefined,
    birthDate: plan.birthDate,
  };
  return { type: plan.type, state: visibilityOn(dates, today), why: why(dates, today) };
}

function accessIn(access: AccessOfAlert, alertId: string): AlertView['history'][number] {
  return {
    at: iso(access.at),
    organisation: { odsCode: access.organisation, name: access.organisationName ?? access.organisation },
    setting: access.setting,
    clinician: { name: access.clinicianName, role: access.clinicianRole },
    scheduled: access.silent,
    inThisAlert: access.alertId === alertId,
    flags: [...(access.flags ?? [])],
  };
}
