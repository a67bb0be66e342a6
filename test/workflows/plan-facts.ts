import { ApplicationFailure } from '@temporalio/common';
import { londonDay, startOfLondonDay } from '../../src/platform/clock';
import type { PlanReview, PlansActivities } from '../../workflows/child-plan/contract';
import { nextChangeOn, stageOn } from '../../workflows/child-plan/visibility.rules';
import type { PlanDates } from '../../workflows/child-plan/visibility.rules';
import type { Now } from './time-room';

export interface Look extends PlanReview {
  readonly planId: string;
  readonly at: number;
}

/** The plans noun in memory: rows, every look at one, and how many of the next looks fail. */
export class PlanFacts {
  readonly plans = new Map<string, PlanDates & { readonly version: number }>();
  readonly looks: Look[] = [];
  failures = 0;

  /** The room's time; the machine's until there is a room. */
  now: Now = async () => Date.now();

  readonly activities: PlansActivities = {
    reviewPlan: async (planId) => {
      const at = await this.now();
      if (this.failures-- > 0) throw new Error('the database is away');
      const review = this.review(planId, londonDay(at));
      this.looks.push({ ...review, planId, at });
      return review;
    },
  };

  readonly looksAt = (planId: string): readonly Look[] => this.looks.filter((look) => look.planId === planId);

  private review(planId: string, today: string): PlanReview {
    const plan = this.plans.get(planId);
    if (plan === undefined) throw ApplicationFailure.nonRetryable('no such plan', 'plan-not-found');
    const next = nextChangeOn(plan, today);
    const review = { stage: stageOn(plan, today), version: plan.version };
    return next === undefined ? review : { ...review, nextChangeAt: startOfLondonDay(next) };
  }
}
