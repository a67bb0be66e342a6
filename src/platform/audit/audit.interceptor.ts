import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { catchError, defer, from, mergeMap, type Observable } from 'rxjs';
import { Problem } from '../problems/problem';
import type { WithCaller } from '../sign-in/caller.decorator';
import { Audit, type AuditEntry } from './audit';
import { auditedKey, notPersonal, storedAsAccess } from './audited.decorator';

/** Writes "asked" before the act, so that nothing happens unaudited, and "failed" when the act was refused. */
@Injectable()
export class AuditInterceptor implements NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    private readonly audit: Audit,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const action = this.reflector.get<string | undefined>(auditedKey, context.getHandler());
    const request = context.switchToHttp().getRequest<FastifyRequest & WithCaller>();
    const { caller } = request;
    if (!action || !caller || action === notPersonal || action === storedAsAccess) return next.handle();
    const target = targetOf(request);
    const entry: AuditEntry = { caller, action, phase: 'asked', requestId: request.id, target };
    return defer(() => from(this.store(entry))).pipe(
      mergeMap(() => next.handle()),
      catchError(async (error: unknown) => {
        const problem = error instanceof Problem ? error.type : 'internal-error';
        await this.store({ ...entry, phase: 'failed', problem });
        throw error;
      }),
    );
  }

  private async store(entry: AuditEntry): Promise<void> {
    try {
      await this.audit.record(entry);
    } catch (cause) {
      throw new Problem('unavailable', { detail: 'The audit could not be written, so nothing was done.', cause });
    }
  }
}

/** UUIDs, codes of authorities, sequence numbers, slots: what we hand out ourselves. */
const ours =
  /^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|E\d{8}|\d{1,9}|[a-z]+-[0-9a-f]{16}|\d{4}-\d\d-\d\dT[\d:.]+Z)$/;

/** Route parameters: our own ids, and the authority's key of the record that was read or changed; nothing else that a caller made up. */
function targetOf(request: FastifyRequest): Record<string, string> {
  const params = Object.entries((request.params ?? {}) as Record<string, string>);
  return Object.fromEntries(
    params
      .filter(([name]) => name !== '*')
      .map(([name, value]) => [name, name === 'localId' || ours.test(value) ? value : 'no id of ours']),
  );
}
