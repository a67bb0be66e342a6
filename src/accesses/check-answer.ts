import { fold } from '../../workflows/alert-batch/folding.rules';
import type { Detail, FoundAccess, FoundAuthority, FoundPlan } from './accesses.repository';
import type { AccessLine, CheckAnswer, PlanInSight } from './check.schema';

/** SNOMED CT (domain 16). */
const snomed = { CPP: '342191000000101', LAC: '764841000000100', UCPP: '818901000000100' } as const;
const linesShown = 25;

type Parts = Omit<CheckAnswer, 'plans' | 'awaiting' | 'accesses'> & { readonly detail: Detail };

/** What the clinician is told: no category, no address, no worker's name (domain 4). */
export function answerOf({ detail, ...head }: Parts): CheckAnswer {
  return {
    ...head,
    plans: (detail?.plans ?? []).map(planIn),
    awaiting: (detail?.awaiting ?? []).map((found) => ({ authority: authorityIn(found) })),
    accesses: linesOf(detail?.accesses ?? []),
  };
}

function planIn(plan: FoundPlan): PlanInSight {
  return {
    type: plan.type,
    snomed: snomed[plan.type],
    state: plan.state,
    start: plan.start,
    ...(plan.end !== null && { end: plan.end }),
    ...(plan.expectedDeliveryDate !== null && { expectedDeliveryDate: plan.expectedDeliveryDate }),
    authority: authorityIn(plan),
  };
}

const authorityIn = ({ gss, authority, emergencyPhone, officePhone }: FoundAuthority): PlanInSight['authority'] => ({
  gss,
  name: authority,
  emergencyPhone,
  officePhone,
});

/** Repeat views of one person at one organisation within 24 hours are one line; the newest 25 lines are shown. */
function linesOf(accesses: readonly FoundAccess[]): AccessLine[] {
  return fold(accesses)
    .slice(0, linesShown)
    .map((line) => ({ line, newest: line.accesses[0] }))
    .flatMap(({ line, newest }) =>
      newest
        ? [
            {
              at: new Date(line.firstAt).toISOString(),
              lastAt: new Date(line.lastAt).toISOString(),
              views: line.views,
              clinician: { name: newest.clinicianName, role: newest.clinicianRole },
              organisation: { odsCode: newest.organisation, name: newest.organisationName ?? newest.organisation },
              setting: newest.setting,
            },
          ]
        : [],
    );
}
