import { Controller, Get, HttpCode, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Audited } from '../platform/audit/audited.decorator';
import { Described } from '../platform/http/described.decorator';
import { RequestId } from '../platform/http/request-id.decorator';
import type { Caller } from '../platform/sign-in/caller';
import { CallerParam } from '../platform/sign-in/caller.decorator';
import { May } from '../platform/sign-in/may.decorator';
import { batchView, type BatchView } from './batches.schema';
import { BatchesService } from './batches.service';

@Controller('authorities/:gss/batches')
export class BatchesController {
  constructor(private readonly batches: BatchesService) {}

  @Post()
  @HttpCode(202)
  @May('run-batches')
  @Audited('batch-asked-for')
  @Described({ summary: "Turns the authority's new notices into alerts now", answers: { 202: batchView } })
  async run(
    @CallerParam() caller: Caller,
    @Param('gss') gss: string,
    @RequestId() requestId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<BatchView> {
    const batch = await this.batches.run(caller, gss, requestId);
    void reply.header('location', `/authorities/${gss}/batches/${batch.slot}`);
    return batch;
  }

  @Get(':slot')
  @May('run-batches')
  @Audited('batch-read')
  @Described({ summary: 'How a batch went', answers: { 200: batchView } })
  get(@CallerParam() caller: Caller, @Param('gss') gss: string, @Param('slot') slot: string): Promise<BatchView> {
    return this.batches.get(caller, gss, slot);
  }
}
