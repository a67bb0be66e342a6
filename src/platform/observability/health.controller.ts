import { Controller, Get, Res } from '@nestjs/common';
import { HealthCheckService, type HealthCheckResult, type HealthIndicatorResult } from '@nestjs/terminus';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { Audited, notPersonal } from '../audit/audited.decorator';
import { Database } from '../database/database';
import { Described } from '../http/described.decorator';
import { anyone, May } from '../sign-in/may.decorator';
import { TemporalClient } from '../temporal/temporal-client';

const health = z.object({ status: z.string() }).loose();

/** Live: the process answers. Ready: it can answer checks; Temporal is told, and not needed for them. */
@Controller('health')
export class HealthController {
  constructor(
    private readonly checks: HealthCheckService,
    private readonly database: Database,
    private readonly temporal: TemporalClient,
  ) {}

  @Get('live')
  @May(anyone)
  @Audited(notPersonal)
  @Described({ summary: 'The process answers', answers: { 200: health } })
  live(): { status: string } {
    return { status: 'ok' };
  }

  @Get('ready')
  @May(anyone)
  @Audited(notPersonal)
  @Described({
    summary: 'The process can answer checks; tells whether decisions can be made too',
    answers: { 200: health, 503: health },
  })
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<HealthCheckResult> {
    try {
      return await this.checks.check([() => this.postgres(), () => this.workflows()]);
    } catch (error) {
      void reply.status(503);
      return (error as { getResponse(): HealthCheckResult }).getResponse();
    }
  }

  private async postgres(): Promise<HealthIndicatorResult> {
    const up = await this.database.ping().then(
      () => true,
      () => false,
    );
    return { postgresql: { status: up ? 'up' : 'down' } };
  }

  private async workflows(): Promise<HealthIndicatorResult> {
    const up = await this.temporal.isReachable();
    // never "down": checks and alerts go on without it
    return { temporal: { status: 'up', reachable: up } };
  }
}
