import { Body, Controller, HttpCode, Post, UseFilters } from '@nestjs/common';
import { Audited, storedAsAccess } from '../platform/audit/audited.decorator';
import { Described } from '../platform/http/described.decorator';
import { RequestId } from '../platform/http/request-id.decorator';
import { valid } from '../platform/http/valid.pipe';
import type { Caller } from '../platform/sign-in/caller';
import { CallerParam } from '../platform/sign-in/caller.decorator';
import { May } from '../platform/sign-in/may.decorator';
import { AccessesService } from './accesses.service';
import { checkAnswer, checkRequest, type CheckAnswer, type CheckRequest } from './check.schema';
import { CouldNotCheckFilter } from './could-not-check.filter';

@Controller('checks')
@UseFilters(CouldNotCheckFilter)
export class AccessesController {
  constructor(private readonly accesses: AccessesService) {}

  @Post()
  @HttpCode(200)
  @May('check')
  @Audited(storedAsAccess)
  @Described({
    summary: 'Does this NHS number carry a plan? The access is stored first',
    body: checkRequest,
    answers: { 200: checkAnswer },
  })
  check(
    @CallerParam() caller: Caller,
    @Body(valid(checkRequest)) request: CheckRequest,
    @RequestId() requestId: string,
  ): Promise<CheckAnswer> {
    return this.accesses.check(caller, request, requestId);
  }
}
