import { Injectable } from '@nestjs/common';
import { childPlan, childPlanId, planEvents, type PlanEvent } from '../../workflows/child-plan/contract';
import { taskQueue } from '../../workflows/task-queue';
import type { Told } from '../platform/outbox/relay';
import { TemporalClient } from '../platform/temporal/temporal-client';

/** The plans' side of the wall: tells `childPlan` workflows what happened, several facts in one signal. */
@Injectable()
export class PlanProcesses {
  constructor(private readonly temporal: TemporalClient) {}

  /** The relay's handler for the topic `child-plan`. The process drops what it was told before. */
  async tell(planId: string, authority: string, events: readonly Told[]): Promise<void> {
    const told = events.map(({ id, at, event }) => ({ ...event, id, at }) as PlanEvent);
    await this.temporal.tell(
      {
        type: childPlan,
        id: childPlanId(planId),
        taskQueue,
        args: [{ planId, authority }],
        summary: `Plan of authority ${authority}`,
      },
      planEvents,
      told,
    );
  }
}
