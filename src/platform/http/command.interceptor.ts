import { createHash } from 'node:crypto';
import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { defer, from, mergeMap, type Observable } from 'rxjs';
import { Reflector } from '@nestjs/core';
import { auditedKey, storedAsAccess } from '../audit/audited.decorator';
import { Clock } from '../clock';
import { Database } from '../database/database';
import { Problem } from '../problems/problem';
import type { WithCaller } from '../sign-in/caller.decorator';
import { requestIdOf } from './request-id.decorator';

/**
 * Remembers what a client's request id was used for: the same command again is let through (every verb is idempotent),
 * another one under the same id is refused with `request-id-other-body`.
 */
@Injectable()
export class CommandInterceptor implements NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<FastifyRequest & WithCaller>();
    const requestId = requestIdOf(request);
    const ownKeys = this.reflector.get<string>(auditedKey, context.getHandler()) === storedAsAccess;
    if (!request.caller || requestId === undefined || ownKeys || request.method === 'GET') return next.handle();
    return defer(() => from(this.remember(request.caller?.client ?? '', requestId, request))).pipe(
      mergeMap(() => next.handle()),
    );
  }

  private async remember(client: string, requestId: string, request: FastifyRequest): Promise<void> {
    const hash = createHash('sha256')
      .update(`${request.method} ${request.url}\n${textOf(request.body)}`)
      .digest();
    const same = await this.database.everything(async (em) => {
      const [row] = await em.execute<{ same: boolean }[]>(
        `with made as (
           insert into command_request (client, request_id, body_hash, at) values (?, ?, decode(?, 'hex'), ?)
           on conflict do nothing returning body_hash)
         select true as same from made union all
         select body_hash = decode(?, 'hex') from command_request where client = ? and request_id = ? limit 1`,
        [client, requestId, hash.toString('hex'), this.clock.instant(), hash.toString('hex'), client, requestId],
      );
      return row?.same ?? true;
    });
    if (!same) throw new Problem('request-id-other-body');
  }
}

/** Streams are not read here: an upload's own content hash tells two apart. */
function textOf(body: unknown): string {
  if (body === null || typeof body !== 'object' || 'pipe' in body) return '';
  const { _csrf: _unused, ...rest } = body as Record<string, unknown>;
  return JSON.stringify(rest);
}
