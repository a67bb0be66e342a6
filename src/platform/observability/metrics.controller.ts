import { Controller, Get, Header } from '@nestjs/common';
import { Audited, notPersonal } from '../audit/audited.decorator';
import { Described } from '../http/described.decorator';
import { anyone, May } from '../sign-in/may.decorator';
import { Metrics } from './metrics';

@Controller('metrics')
export class MetricsController {
  constructor(private readonly metrics: Metrics) {}

  @Get()
  @May(anyone)
  @Audited(notPersonal)
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  @Described({ summary: 'Prometheus metrics, without personal data', answers: { 200: 'text/plain' } })
  read(): Promise<string> {
    return this.metrics.registry.metrics();
  }
}
