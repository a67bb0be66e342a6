import type { WorkflowHandle } from '@temporalio/client';
import { londonDay } from '../../src/platform/clock';
import { childPlan, childPlanId } from '../../workflows/child-plan/contract';
import type { ChildPlan } from '../../workflows/child-plan/contract';
import type { PlanDates } from '../../workflows/child-plan/visibility.rules';
import { taskQueue } from '../../workflows/task-queue';
import { PlanFacts } from './plan-facts';
import { openTimeRoom } from './time-room';
import type { TimeRoom } from './time-room';

export const authority = 'E06000016';

/** A time room with plans in it. */
export class PlanRoom {
  private constructor(
    readonly time: TimeRoom,
    readonly facts: PlanFacts,
  ) {}

  static readonly open = async (): Promise<PlanRoom> => {
    const facts = new PlanFacts();
    const time = await openTimeRoom((now) => {
      facts.now = now;
      return facts.activities;
    });
    return new PlanRoom(time, facts);
  };

  /** The London day that it is now in the room. */
  readonly today = async (): Promise<string> => londonDay(await this.time.now());

  /** Records a plan, its dates reckoned from today, and starts its workflow. */
  async begin(planId: string, datesFrom: (today: string) => PlanDates): Promise<WorkflowHandle<ChildPlan>> {
    this.facts.plans.set(planId, { ...datesFrom(await this.today()), version: 1 });
    return this.start(planId);
  }

  start(planId: string): Promise<WorkflowHandle<ChildPlan>> {
    const args: Parameters<ChildPlan> = [{ planId, authority }];
    return this.time.workflow.start<ChildPlan>(childPlan, { taskQueue, workflowId: childPlanId(planId), args });
  }
}
