import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../platform/clock';
import { Database } from '../platform/database/database';
import { Metrics } from '../platform/observability/metrics';

/** How near the 24 hours are: the oldest notice without an alert, and the notices that are late. */
@Injectable()
export class AlertMetrics implements OnModuleInit {
  constructor(
    private readonly metrics: Metrics,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    const oldest =
      'select extract(epoch from (?::timestamptz - min(access_at)))::float8 as value from notice where alert_id is null';
    this.metrics.gauge(
      'cpis_oldest_notice_without_alert_seconds',
      'Age of the oldest notice without an alert; 0 when there is none',
      [],
      async (gauge) => gauge.set(await this.measure(oldest)),
    );
    const late = 'select count(*)::float8 as value from notice where alert_id is null and due_at < ?';
    this.metrics.gauge('cpis_notices_late', 'Notices past their hour without an alert', [], async (gauge) =>
      gauge.set(await this.measure(late)),
    );
    const untold =
      'select extract(epoch from (?::timestamptz - min(created_at)))::float8 as value from outbox where told_at is null';
    this.metrics.gauge(
      'cpis_outbox_age_seconds',
      'Age of the oldest fact not yet told; 0 when there is none',
      [],
      async (gauge) => gauge.set(await this.measure(untold)),
    );
  }

  private async measure(sql: string): Promise<number> {
    const [row] = await this.database.everything((em) =>
      em.execute<{ value: number | null }[]>(sql, [this.clock.instant()]),
    );
    return row?.value ?? 0;
  }
}
