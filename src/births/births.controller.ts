import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { Audited } from '../platform/audit/audited.decorator';
import { Described } from '../platform/http/described.decorator';
import { RequestId } from '../platform/http/request-id.decorator';
import { valid } from '../platform/http/valid.pipe';
import type { Caller } from '../platform/sign-in/caller';
import { CallerParam } from '../platform/sign-in/caller.decorator';
import { May } from '../platform/sign-in/may.decorator';
import {
  birthNotification,
  birthReceipt,
  declineBody,
  newbornList,
  newbornView,
  type BirthNotification,
  type BirthReceipt,
  type DeclineBody,
  type NewbornList,
  type NewbornView,
} from './births.schema';
import { BirthsService } from './births.service';
import { NewbornsService } from './newborns.service';

@Controller('births')
export class BirthsController {
  constructor(
    private readonly births: BirthsService,
    private readonly newborns: NewbornsService,
  ) {}

  @Post()
  @HttpCode(202)
  @May('notify-births')
  @Audited('birth-notified')
  @Described({
    summary: 'One baby is born; seen by checks at once where the mother has an unborn plan',
    body: birthNotification,
    answers: { 202: birthReceipt },
  })
  notify(
    @CallerParam() caller: Caller,
    @Body(valid(birthNotification)) notification: BirthNotification,
    @RequestId() _requestId: string,
  ): Promise<BirthReceipt> {
    return this.births.notify(caller, notification);
  }

  @Get()
  @May('answer-births')
  @Audited('births-listed')
  @Described({ summary: 'The newborns of your authority, those that wait first', answers: { 200: newbornList } })
  list(@CallerParam() caller: Caller): Promise<NewbornList> {
    return this.newborns.list(caller);
  }

  @Get(':newbornId')
  @May('answer-births')
  @Audited('birth-read')
  @Described({ summary: 'One newborn and what is asked of the authority', answers: { 200: newbornView } })
  get(@CallerParam() caller: Caller, @Param('newbornId') newbornId: string): Promise<NewbornView> {
    return this.newborns.get(caller, newbornId);
  }

  @Post(':newbornId/decline')
  @HttpCode(200)
  @May('answer-births')
  @Audited('newborn-declined')
  @Described({
    summary: 'No plan of this newborn will come, with the reason',
    body: declineBody,
    answers: { 200: newbornView },
  })
  decline(
    @CallerParam() caller: Caller,
    @Param('newbornId') newbornId: string,
    @Body(valid(declineBody)) { reason }: DeclineBody,
    @RequestId() requestId: string,
  ): Promise<NewbornView> {
    return this.newborns.decline(caller, newbornId, { reason, requestId });
  }
}
