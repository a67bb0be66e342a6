import { Injectable } from '@nestjs/common';
import { ApplicationFailure } from '@temporalio/common';
import type { PlanReview, PlansActivities } from '../../workflows/child-plan/contract';
import { lastDayAs17, nextChangeOn, stageOn, type PlanDates } from '../../workflows/child-plan/visibility.rules';
import { Clock, startOfLondonDay } from '../platform/clock';
import { MergingRepository } from './merging.repository';
import { isOpaqueId } from './opaque-id';
import { decide } from './plan-decision';
import { PlansRepository, type StoredPlan } from './plans.repository';

/** Who ends a plan at the 18th birthday: nobody but the rule (domain 2). */
const byRule = 'cpis-bridge';

/** What a plan's process asks of the rows. */
@Injectable()
export class PlansActivitiesOfPostgres implements PlansActivities {
  constructor(
    private readonly repository: PlansRepository,
    private readonly merging: MergingRepository,
    private readonly clock: Clock,
  ) {}

  /** Reads the facts; from the 18th birthday on it first records the end by itself, once, as a version of its own. */
  async reviewPlan(planId: string): Promise<PlanReview> {
    const today = this.clock.today();
    const plan = await this.get(planId, today);
    if (!hasReached18(plan, today)) return reviewOf(plan, today);
    await this.endAt18(plan, today);
    return reviewOf(await this.get(planId, today), today);
  }

  private async endAt18({ id, authority }: StoredPlan, today: string): Promise<void> {
    const source = { authority, by: byRule, at: this.clock.instant(), today };
    // looked at again under the lock: the merge ends it only where the end is not recorded yet
    await this.merging.merge(source, (merge) => decide(merge, id, {}, true));
  }

  private async get(planId: string, today: string): Promise<StoredPlan> {
    const plan = isOpaqueId(planId) ? await this.repository.findById(planId, today) : undefined;
    if (!plan) throw ApplicationFailure.nonRetryable('There is no such plan', 'plan-not-found');
    return plan;
  }
}

/** The birthday has come and the end by it is not recorded. */
function hasReached18(plan: StoredPlan, today: string): boolean {
  const last = lastDayAs17(datesOf(plan));
  return last !== undefined && today > last && (plan.endDate === null || plan.endDate > last);
}

function reviewOf(plan: StoredPlan, today: string): PlanReview {
  const dates = datesOf(plan);
  const next = nextChangeOn(dates, today);
  return {
    stage: stageOn(dates, today),
    version: plan.version,
    ...(next !== undefined && { nextChangeAt: startOfLondonDay(next) }),
  };
}

const datesOf = (plan: StoredPlan): PlanDates => ({
  type: plan.type,
  startDate: plan.startDate,
  endDate: plan.endDate ?? undefined,
  endReason: plan.endReason ?? undefined,
  expectedDeliveryDate: plan.expectedDeliveryDate ?? undefined,
  birthDate: plan.birthDate,
});
