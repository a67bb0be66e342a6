import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../platform/clock';
import { Database } from '../platform/database/database';
import { Metrics } from '../platform/observability/metrics';
import { BatchesRepository } from './batches.repository';

/** Age of the last finished batch, by authority. */
@Injectable()
export class BatchMetrics implements OnModuleInit {
  constructor(
    private readonly metrics: Metrics,
    private readonly database: Database,
    private readonly repository: BatchesRepository,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.metrics.gauge(
      'cpis_last_batch_age_seconds',
      "Seconds since the authority's last finished batch",
      ['authority'],
      async (gauge) => {
        const ages = await this.database.everything((em) => this.repository.findAges(em, this.clock.instant()));
        gauge.reset();
        for (const { authority, seconds } of ages) gauge.set({ authority }, seconds);
      },
    );
  }
}
