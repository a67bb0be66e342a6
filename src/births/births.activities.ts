import { Injectable } from '@nestjs/common';
import { ApplicationFailure } from '@temporalio/common';
import type { BirthsActivities, Decline, NewbornState, TransferReview } from '../../workflows/birth-transfer/contract';
import { Database } from '../platform/database/database';
import { NewbornsRepository } from './newborns.repository';

/** What a birth's process asks of the rows. Each act is idempotent and one transaction. */
@Injectable()
export class BirthsActivitiesOfPostgres implements BirthsActivities {
  constructor(
    private readonly database: Database,
    private readonly repository: NewbornsRepository,
  ) {}

  async reviewTransfer(planId: string): Promise<TransferReview> {
    return this.database.everything(async (em) => {
      const mother = isUuid(planId) ? await this.repository.findMother(em, planId) : undefined;
      if (!mother) throw ApplicationFailure.nonRetryable('There is no such plan', 'plan-not-found');
      return { motherIsClosed: mother.isClosed, babies: await this.repository.findBabies(em, planId) };
    });
  }

  async recordDecline(decline: Decline): Promise<NewbornState> {
    return this.database.everything(async (em) => {
      await this.repository.decline(em, decline);
      const newborn = await this.repository.find(em, decline.newbornId);
      if (!newborn) throw ApplicationFailure.nonRetryable('There is no such newborn', 'newborn-not-found');
      return newborn.state;
    });
  }
}

const isUuid = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
