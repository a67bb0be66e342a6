import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { PlanMerge } from '../plans/plan-merge';
import { PlansService } from '../plans/plans.service';
import { BirthsRepository } from './births.repository';
import { waitForBirths } from './births.sql';
import * as sql from './following.sql';

/**
 * What births learn from plans, in the transaction that changes a plan: order does not matter, the authority may act
 * first. A newborn's own plan settles its record, an unborn plan finds the births that came before it, and a change of
 * the mother's record is told to her transfer.
 */
@Injectable()
export class PlanFollowing implements OnModuleInit {
  constructor(
    private readonly plans: PlansService,
    private readonly repository: BirthsRepository,
  ) {}

  onModuleInit(): void {
    this.plans.follow((merge) => this.follow(merge));
  }

  async follow(merge: PlanMerge): Promise<void> {
    const { client, source } = merge;
    // a birth that is under way right now holds the lock: whoever waited here sees its rows
    await client.query(waitForBirths);
    const { rows } = await client.query<{ touches: boolean }>(sql.touchesBirths);
    if (!rows[0]?.touches) return;
    await client.query(sql.markSupplied, [source.authority, source.at, source.by]);
    await client.query(sql.tellMothersChanged, [source.authority, source.at]);
    const { rows: unborn } = await client.query<{ planId: string; nhsNumber: string }>(sql.findUnborn);
    if (unborn.length > 0) await asTheProduct(merge, () => this.match(merge, unborn));
  }

  /** Births that came before the plan: those that concerned nobody, and those that another authority knows already. */
  private async match({ client, source }: PlanMerge, unborn: readonly { planId: string; nhsNumber: string }[]) {
    const { at, by } = source;
    const mothers = [...new Set(unborn.map(({ nhsNumber }) => nhsNumber))];
    for (const kept of await this.repository.takeKept(client, mothers, at)) {
      const concerned = await this.repository.findConcerned(client, kept.birth);
      if (concerned.length === 0) await this.repository.keep(client, kept.birth, { at: kept.notifiedAt, by });
      else {
        const planIds = concerned.map(({ planId }) => planId);
        await this.repository.record(client, kept, planIds, { at, by });
        await this.repository.count(client, 'matched-later', at);
      }
    }
    const planIds = unborn.map(({ planId }) => planId);
    for (const found of await this.repository.findForPlans(client, planIds, at))
      await this.repository.addNewborn(client, found, { at, by });
  }
}

/** Births cross authorities, the merge's own scope does not: it is given back before anything else is done. */
async function asTheProduct({ client, source }: PlanMerge, work: () => Promise<void>): Promise<void> {
  const scope = `select set_config('cpis.authority', $1, true)`;
  await client.query(scope, ['*']);
  await work();
  await client.query(scope, [source.authority]);
}
