import { ApplicationFailure } from '@temporalio/common';
import type { BirthReminder } from '../../workflows/alert-task/contract';
import type { Baby, BirthTransferActivities, TransferReview } from '../../workflows/birth-transfer/contract';

/** The births and alerts nouns in memory: rows of each unborn plan, what was raised, and how many next acts fail. */
export class TransferFacts {
  readonly plans = new Map<string, TransferReview>();
  readonly alerted: string[] = [];
  readonly reminded: BirthReminder[] = [];
  readonly declined: string[] = [];
  failures = 0;
  /** Happens between the rule and the row of the next decision. */
  meanwhile: (() => void) | undefined;

  readonly activities: BirthTransferActivities = {
    reviewTransfer: async (planId) => {
      if (this.failures-- > 0) throw new Error('the database is away');
      const plan = this.plans.get(planId);
      if (plan === undefined) throw ApplicationFailure.nonRetryable('no such plan', 'plan-not-found');
      return plan;
    },
    recordDecline: async ({ newbornId, reason }) => {
      this.meanwhile?.();
      const [planId, baby] = this.find(newbornId);
      if (baby.state !== 'awaiting') return baby.state;
      this.declined.push(newbornId);
      this.change(planId, newbornId, { state: 'declined', reason });
      return 'declined';
    },
    raiseBirthAlerts: async (planId) => {
      const ids = (this.plans.get(planId)?.babies ?? []).map(({ newbornId }) => newbornId);
      const fresh = ids.filter((id) => !this.alerted.includes(id));
      this.alerted.push(...fresh);
      return { raised: fresh.length };
    },
    raiseBirthReminder: async (reminder) => void this.reminded.push(reminder),
  };

  change(planId: string, newbornId: string, change: Partial<Baby>): void {
    const plan = this.plans.get(planId);
    if (plan === undefined) throw new Error(`there is no plan ${planId}`);
    const babies = plan.babies.map((baby) => (baby.newbornId === newbornId ? { ...baby, ...change } : baby));
    this.plans.set(planId, { ...plan, babies });
  }

  readonly remindersOf = (planId: string): readonly string[] => {
    const ids = (this.plans.get(planId)?.babies ?? []).map(({ newbornId }) => newbornId);
    return this.reminded.filter(({ newbornId }) => ids.includes(newbornId)).map(({ to }) => to);
  };

  private find(newbornId: string): readonly [string, Baby] {
    for (const [planId, { babies }] of this.plans) {
      const baby = babies.find((each) => each.newbornId === newbornId);
      if (baby !== undefined) return [planId, baby];
    }
    throw ApplicationFailure.nonRetryable('no such newborn', 'newborn-not-found');
  }
}
