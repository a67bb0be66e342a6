import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { z } from 'zod';
import { Audited } from '../platform/audit/audited.decorator';
import { Described } from '../platform/http/described.decorator';
import { RequestId } from '../platform/http/request-id.decorator';
import { valid } from '../platform/http/valid.pipe';
import type { Caller } from '../platform/sign-in/caller';
import { CallerParam } from '../platform/sign-in/caller.decorator';
import { May } from '../platform/sign-in/may.decorator';
import { alertSummary, alertView, closure, type AlertSummary, type AlertView, type Closure } from './alert.schema';
import { AlertsService } from './alerts.service';

@Controller('alerts')
export class AlertsController {
  constructor(private readonly alerts: AlertsService) {}

  @Get()
  @May('act-on-alerts')
  @Audited('alerts-listed')
  @Described({ summary: 'The alerts within your reach, open ones first', answers: { 200: z.array(alertSummary) } })
  list(@CallerParam() caller: Caller): Promise<AlertSummary[]> {
    return this.alerts.list(caller);
  }

  @Get(':alertId')
  @May('act-on-alerts')
  @Audited('alert-read')
  @Described({ summary: "One alert with the child's accesses; reading is not seeing", answers: { 200: alertView } })
  get(@CallerParam() caller: Caller, @Param('alertId') alertId: string): Promise<AlertView> {
    return this.alerts.get(caller, alertId);
  }

  @Post(':alertId/seen')
  @HttpCode(200)
  @May('act-on-alerts')
  @Audited('alert-seen')
  @Described({ summary: 'A person has seen the alert', answers: { 200: alertView } })
  see(
    @CallerParam() caller: Caller,
    @Param('alertId') alertId: string,
    @RequestId() _requestId: string,
  ): Promise<AlertView> {
    return this.alerts.see(caller, alertId);
  }

  @Post(':alertId/acknowledgement')
  @HttpCode(200)
  @May('act-on-alerts')
  @Audited('alert-acknowledged')
  @Described({ summary: 'A person takes the alert on', answers: { 200: alertView } })
  acknowledge(
    @CallerParam() caller: Caller,
    @Param('alertId') alertId: string,
    @RequestId() requestId: string,
  ): Promise<AlertView> {
    return this.alerts.acknowledge(caller, alertId, requestId);
  }

  @Post(':alertId/closure')
  @HttpCode(200)
  @May('act-on-alerts')
  @Audited('alert-closed')
  @Described({ summary: 'A person closes the alert with an outcome', body: closure, answers: { 200: alertView } })
  close(
    @CallerParam() caller: Caller,
    @Param('alertId') alertId: string,
    @Body(valid(closure)) body: Closure,
    @RequestId() requestId: string,
  ): Promise<AlertView> {
    return this.alerts.close(caller, alertId, body, requestId);
  }
}
