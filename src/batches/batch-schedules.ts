import { Injectable, Logger } from '@nestjs/common';
import { alertBatch, alertScheduleId } from '../../workflows/alert-batch/contract';
import { taskQueue } from '../../workflows/task-queue';
import { Database } from '../platform/database/database';
import { EncryptionCodec } from '../platform/temporal/payload-codec';
import { reconcileSchedules, type DesiredSchedule } from '../platform/temporal/schedules';
import { TemporalClient } from '../platform/temporal/temporal-client';
import { BatchesRepository } from './batches.repository';

const prefix = 'alert-batch/';

/** One Schedule for each authority that has plans: its morning hour in London, and twelve hours later (domain 12). */
@Injectable()
export class BatchSchedules {
  private readonly log = new Logger('schedules');

  constructor(
    private readonly database: Database,
    private readonly repository: BatchesRepository,
    private readonly temporal: TemporalClient,
    private readonly codec: EncryptionCodec,
  ) {}

  /** Creates, changes and deletes until the Schedules are as wanted; safe from several processes at once. */
  async reconcile(): Promise<void> {
    const { paused } = await reconcileSchedules(this.temporal, {
      prefix,
      desired: async () => (await this.database.everything((em) => this.repository.findScheduled(em))).map(scheduleOf),
      isCurrent: (payload) => this.codec.isCurrent(payload),
    });
    if (paused.length > 0)
      this.log.warn({ paused }, 'paused Schedules start no batch: the watchdog alone guards their alerts');
  }
}

/** `morningHour` is London's clock, `HH:MM`. */
export function scheduleOf({ authority, morningHour }: { authority: string; morningHour: string }): DesiredSchedule {
  const [hour = 6, minute = 0] = morningHour.split(':').map(Number);
  const id = alertScheduleId(authority);
  return {
    id,
    start: { type: alertBatch, id, taskQueue, args: [{ authority }], summary: `Alert batch of authority ${authority}` },
    timesOfDay: [
      { hour, minute },
      { hour: (hour + 12) % 24, minute },
    ],
  };
}
