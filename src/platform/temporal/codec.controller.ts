import { Body, Controller, Header, HttpCode, Post } from '@nestjs/common';
import { Audited } from '../audit/audited.decorator';
import { Described } from '../http/described.decorator';
import { valid } from '../http/valid.pipe';
import { Problem } from '../problems/problem';
import { May } from '../sign-in/may.decorator';
import { codecPayloads, decodePayloads, type CodecPayloads } from './decode-payloads';
import { EncryptionCodec, PayloadNotReadable } from './payload-codec';

/** The codec server of the Temporal UI and CLI (endpoint `…/codec`). It decodes only: nothing is ever encrypted for a caller. */
@Controller('codec')
export class CodecController {
  constructor(private readonly codec: EncryptionCodec) {}

  @Post('decode')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  @May('decode-payloads')
  @Audited('payloads-decoded')
  @Described({ summary: 'Decrypts payloads for the Temporal UI', body: codecPayloads, answers: { 200: codecPayloads } })
  async decode(@Body(valid(codecPayloads)) request: CodecPayloads): Promise<CodecPayloads> {
    return decodePayloads(this.codec, request).catch(asProblem);
  }
}

const asProblem = (error: unknown): never => {
  if (error instanceof PayloadNotReadable)
    throw new Problem('invalid-request', { detail: error.message, cause: error });
  throw error;
};
