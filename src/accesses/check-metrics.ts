import { Injectable } from '@nestjs/common';
import { Counter, Histogram } from 'prom-client';
import { Metrics } from '../platform/observability/metrics';

/** Checks by answer, and how long they took. */
@Injectable()
export class CheckMetrics {
  private readonly checks: Counter<'answer'>;
  private readonly seconds: Histogram;

  constructor({ registry }: Metrics) {
    this.checks = new Counter({
      name: 'cpis_checks_total',
      help: 'Checks by answer or problem',
      labelNames: ['answer'],
      registers: [registry],
    });
    this.seconds = new Histogram({
      name: 'cpis_check_seconds',
      help: 'Time to answer a check, seconds',
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
      registers: [registry],
    });
  }

  answered(answer: string, milliseconds: number): void {
    this.checks.inc({ answer });
    this.seconds.observe(milliseconds / 1000);
  }
}
