import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import { Audited } from '../platform/audit/audited.decorator';
import { Described } from '../platform/http/described.decorator';
import { RequestId } from '../platform/http/request-id.decorator';
import { valid } from '../platform/http/valid.pipe';
import type { Caller } from '../platform/sign-in/caller';
import { CallerParam } from '../platform/sign-in/caller.decorator';
import { May } from '../platform/sign-in/may.decorator';
import { planBody, planSupplied, planView, type PlanBody, type PlanSupplied, type PlanView } from './plans.schema';
import { PlansService } from './plans.service';

@Controller('authorities/:gss/plans')
export class PlansController {
  constructor(private readonly plans: PlansService) {}

  @Put(':localId')
  @May('supply-plans')
  @Audited('plan-supplied')
  @Described({ summary: 'Records or amends one plan', body: planBody, answers: { 200: planSupplied } })
  supply(
    @CallerParam() caller: Caller,
    @Param('gss') gss: string,
    @Param('localId') localId: string,
    @Body(valid(planBody)) body: PlanBody,
    @RequestId() _requestId: string,
  ): Promise<PlanSupplied> {
    return this.plans.supply(caller, gss, localId, body);
  }

  @Get(':localId')
  @May('read-uploads')
  @Audited('plan-read')
  @Described({ summary: 'One plan as it stands, with its history', answers: { 200: planView } })
  get(@CallerParam() caller: Caller, @Param('gss') gss: string, @Param('localId') localId: string): Promise<PlanView> {
    return this.plans.get(caller, gss, localId);
  }
}
