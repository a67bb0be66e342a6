import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { Audit } from '../audit/audit';
import { auditedKey } from '../audit/audited.decorator';
import { Problem } from '../problems/problem';
import { BearerTokens } from './bearer';
import type { Caller } from './caller';
import type { WithCaller } from './caller.decorator';
import { anyone, mayKey } from './may.decorator';
import { sessionCookie, Sessions } from './sessions';

type Request = FastifyRequest & WithCaller & { cookies?: Record<string, string | undefined> };

/** Finds out who calls, and lets them through when the route's `@May` is among their rights. A refusal is audited. */
@Injectable()
export class SignInGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly bearer: BearerTokens,
    private readonly sessions: Sessions,
    private readonly audit: Audit,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<Request>();
    const right = this.reflector.get<string | undefined>(mayKey, context.getHandler());
    const action = this.reflector.get<string | undefined>(auditedKey, context.getHandler()) ?? 'unnamed';
    if (right === anyone) return this.greet(request);
    const caller = await this.callerOf(request);
    if (!caller) throw new Problem('not-signed-in');
    request.caller = caller;
    if (right !== undefined && caller.rights.includes(right)) return true;
    await this.audit.record({ caller, action, phase: 'refused', requestId: request.id, problem: 'not-allowed' });
    throw new Problem('not-allowed', { detail: `This needs the right "${right ?? 'none'}".` });
  }

  /** A route for anyone still knows a person who has signed in; nothing there depends on it. */
  private async greet(request: Request): Promise<boolean> {
    const cookie = request.cookies?.[sessionCookie];
    const caller = cookie ? await this.sessions.find(cookie).catch(() => undefined) : undefined;
    if (caller) request.caller = caller;
    return true;
  }

  private async callerOf(request: Request): Promise<Caller | undefined> {
    const [scheme, token] = (request.headers.authorization ?? '').split(' ');
    if (scheme?.toLowerCase() === 'bearer' && token) return this.bearer.verify(token);
    const cookie = request.cookies?.[sessionCookie];
    return cookie ? this.sessions.find(cookie) : undefined;
  }
}
