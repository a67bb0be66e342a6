import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, Res, StreamableFile } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Audited } from '../platform/audit/audited.decorator';
import { Described } from '../platform/http/described.decorator';
import { RequestId } from '../platform/http/request-id.decorator';
import { valid } from '../platform/http/valid.pipe';
import type { Caller } from '../platform/sign-in/caller';
import { CallerParam } from '../platform/sign-in/caller.decorator';
import { May } from '../platform/sign-in/may.decorator';
import { uploadPath } from './upload-view';
import {
  approvalBody,
  uploadQuery,
  uploadView,
  type ApprovalBody,
  type UploadQuery,
  type UploadView,
} from './uploads.schema';
import { UploadsService } from './uploads.service';

@Controller('authorities/:gss/uploads')
export class UploadsController {
  constructor(private readonly uploads: UploadsService) {}

  @Post()
  @HttpCode(202)
  @May('supply-plans')
  @Audited('upload-received')
  @Described({ summary: 'Takes a file of plans', query: uploadQuery, body: 'text/csv', answers: { 202: uploadView } })
  async receive(
    @CallerParam() caller: Caller,
    @Param('gss') gss: string,
    @Query(valid(uploadQuery)) query: UploadQuery,
    @RequestId() _requestId: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<UploadView> {
    const upload = await this.uploads.receive(caller, gss, query, request.body);
    void reply.header('location', uploadPath(upload));
    return upload;
  }

  @Get(':sequence')
  @May('read-uploads')
  @Audited('upload-read')
  @Described({ summary: 'How far a file is, and what became of it', answers: { 200: uploadView } })
  get(
    @CallerParam() caller: Caller,
    @Param('gss') gss: string,
    @Param('sequence') sequence: string,
  ): Promise<UploadView> {
    return this.uploads.get(caller, gss, sequence);
  }

  @Get(':sequence/answers')
  @May('read-uploads')
  @Audited('upload-answers-read')
  @Described({ summary: 'One answer for each row: row, local_id, code, field, message', answers: { 200: 'text/csv' } })
  async answers(
    @CallerParam() caller: Caller,
    @Param('gss') gss: string,
    @Param('sequence') sequence: string,
  ): Promise<StreamableFile> {
    const disposition = `attachment; filename="answers-${sequence}.csv"`;
    return new StreamableFile(await this.uploads.answers(caller, gss, sequence), {
      type: 'text/csv; charset=utf-8',
      disposition,
    });
  }

  @Post(':sequence/approval')
  @HttpCode(200)
  @May('approve-uploads')
  @Audited('upload-decided')
  @Described({ summary: 'Applies or discards what the guard holds', body: approvalBody, answers: { 200: uploadView } })
  decide(
    @CallerParam() caller: Caller,
    @Param('gss') gss: string,
    @Param('sequence') sequence: string,
    @Body(valid(approvalBody)) body: ApprovalBody,
    @RequestId() _requestId: string,
  ): Promise<UploadView> {
    return this.uploads.decide(caller, gss, sequence, body);
  }
}
