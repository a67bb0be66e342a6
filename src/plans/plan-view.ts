import type { StoredEvent, StoredPlan } from './plans.repository';
import type { PlanView } from './plans.schema';

export const stateOf = (plan: StoredPlan): PlanView['state'] => plan.state ?? 'out-of-sight';

/** A plan as its own authority sees it, with its history. */
export function planViewOf(plan: StoredPlan, events: readonly StoredEvent[]): PlanView {
  return {
    localId: plan.localId,
    planType: plan.type,
    nhsNumber: plan.nhsNumber,
    formerNumbers: [...plan.formerNumbers],
    familyName: plan.familyName,
    givenName: plan.givenName,
    birthDate: plan.birthDate,
    startDate: plan.startDate,
    endDate: plan.endDate,
    endReason: plan.endReason,
    expectedDeliveryDate: plan.expectedDeliveryDate,
    workerRef: plan.workerRef,
    teamRef: plan.teamRef,
    version: plan.version,
    state: stateOf(plan),
    recordedAt: isoOf(plan.recordedAt),
    changedAt: isoOf(plan.changedAt),
    history: events.map((event) => ({ ...event, at: isoOf(event.at) })),
  };
}

/** ISO 8601 UTC, whether the driver gave a date or its text. */
export const isoOf = (at: Date | string): string => new Date(at).toISOString();
