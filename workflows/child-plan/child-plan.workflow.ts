import {
  allHandlersFinished,
  condition,
  continueAsNew,
  log,
  proxyActivities,
  setCurrentDetails,
  setHandler,
} from '@temporalio/workflow';
import { show } from '../findable';
import { refusal } from '../handlers';
import { mustRenew } from '../renewal';
import {
  clockHasCome,
  currentSchemaVersion,
  detailsOf,
  isPlanIdentity,
  resultOf,
  reviewed,
  sleepFor,
  upgrade,
} from './child-plan.rules';
import { childPlanState, planEvents } from './contract';
import type { ChildPlan, ChildPlanResult, ChildPlanState, PlanIdentity, PlansActivities } from './contract';
import { asksForReview, eventsIn, tell } from './plan-events.rules';

/** Reading facts is tried until it works: no plan is forgotten because something was down. */
const plans = proxyActivities<PlansActivities>({
  startToCloseTimeout: '30 seconds',
  retry: { initialInterval: '1 second', maximumInterval: '1 minute', nonRetryableErrorTypes: ['plan-not-found'] },
});

/**
 * One plan's whole life (design.md): is told what happened, looks at the facts, sleeps until the next clock, and is done
 * when the plan is out of sight. It never answers a check, SQL does. It fails only when there is no such plan.
 */
export async function childPlan(plan: PlanIdentity, carried?: ChildPlanState): Promise<ChildPlanResult> {
  let state = upgrade(carried);
  let factsChanged = true;
  let nextChangeAt: number | undefined;
  setHandler(planEvents, (payload) => {
    const { events, dropped } = eventsIn(payload);
    if (dropped > 0) log.warn('dropped malformed plan events', { dropped });
    factsChanged ||= asksForReview(state, events);
    state = tell(state, events);
    setCurrentDetails(detailsOf(state));
  });
  setHandler(childPlanState, () => state);
  const renews = (): boolean => mustRenew(state.schemaVersion, currentSchemaVersion);
  if (!isPlanIdentity(plan)) throw refusal('plan-identity-malformed');
  setCurrentDetails('Looks at the facts.');

  for (;;) {
    while (factsChanged) {
      factsChanged = false;
      const review = await plans.reviewPlan(plan.planId);
      state = reviewed(state, review);
      nextChangeAt = review.nextChangeAt;
    }
    setCurrentDetails(detailsOf(state));
    show({ authority: plan.authority, stage: state.stage, schemaVersion: state.schemaVersion });
    await condition(allHandlersFinished);
    if (factsChanged) continue;
    if (state.stage === 'out-of-sight') return resultOf(state);
    if (renews()) await continueAsNew<ChildPlan>(plan, state);
    await condition(() => factsChanged || renews(), sleepFor(Date.now(), nextChangeAt), { summary: 'looks again' });
    factsChanged ||= clockHasCome(Date.now(), nextChangeAt);
  }
}
