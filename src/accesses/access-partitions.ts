import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../platform/clock';
import { Database } from '../platform/database/database';

const monthsAhead = 3;

/** Keeps three months of partitions ahead, and says when an access had to go to the default one. */
@Injectable()
export class AccessPartitions {
  private readonly log = new Logger('access-partitions');

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Safe to call at any time, from any process. Never rejects: checks go on in the partitions that are there. */
  async ensure(): Promise<void> {
    try {
      await this.database.everything(async (em) => {
        await em.execute('select ensure_access_partitions(?, ?)', [this.clock.instant(), monthsAhead]);
        const [row] = await em.execute<{ astray: boolean }[]>('select exists (select from access_default) as astray');
        if (row?.astray) this.log.error('accesses rest in the default partition: make room for their months');
      });
    } catch (err) {
      this.log.warn({ err }, 'the partitions of accesses could not be looked after');
    }
  }
}
