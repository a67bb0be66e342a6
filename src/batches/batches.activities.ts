import { Injectable } from '@nestjs/common';
import type { BatchesActivities } from '../../workflows/alert-batch/contract';
import { RaisingService } from '../alerts/raising.service';
import { Clock } from '../platform/clock';
import { Database } from '../platform/database/database';
import { BatchesRepository } from './batches.repository';

/** Claiming and recording: each is one transaction, and twice is harmless. */
@Injectable()
export class BatchesActivitiesOfPostgres implements BatchesActivities {
  constructor(
    private readonly database: Database,
    private readonly repository: BatchesRepository,
    private readonly raising: RaisingService,
    private readonly clock: Clock,
  ) {}

  async claimNotices({ authority, slot }: { authority: string; slot: string }): Promise<{ claimed: number }> {
    return this.database.everything(async (em) => {
      await this.repository.open(em, authority, slot, this.clock.instant());
      return { claimed: await this.raising.claim(em, authority, slot) };
    });
  }

  async recordBatch(batch: { authority: string; slot: string; notices: number; alerts: number }): Promise<void> {
    await this.database.everything((em) => this.repository.finish(em, { ...batch, at: this.clock.instant() }));
  }
}
