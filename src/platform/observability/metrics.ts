import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';

/** Where every noun registers its figures; no label holds personal data. */
@Injectable()
export class Metrics implements OnApplicationShutdown {
  readonly registry = new Registry();

  constructor() {
    collectDefaultMetrics({ register: this.registry, prefix: 'cpis_' });
  }

  /** A figure that is asked for when it is scraped; NaN (with labels: no line) when it could not be had. */
  gauge(name: string, help: string, labels: readonly string[], measure: (gauge: Gauge) => Promise<void>): void {
    const gauge: Gauge = new Gauge({
      name,
      help,
      labelNames: [...labels],
      registers: [this.registry],
      async collect() {
        try {
          await measure(gauge);
        } catch {
          gauge.reset();
          // a reset figure without labels reads 0, which would say that all is well
          if (labels.length === 0) gauge.set(Number.NaN);
        }
      },
    });
  }

  onApplicationShutdown(): void {
    this.registry.clear();
  }
}
