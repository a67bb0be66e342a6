import { Controller, Get, Inject, Post, Query, Req, Res } from '@nestjs/common';
import type { CookieSerializeOptions } from '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Audit } from '../audit/audit';
import { Audited, notPersonal } from '../audit/audited.decorator';
import { Config } from '../config';
import { Problem } from '../problems/problem';
import { RIGHTS_OF } from './bearer';
import { claimsToCaller, type RightsOf } from './caller';
import { localPath } from './local-path';
import { anyone, May } from './may.decorator';
import { OpenId, type Attempt } from './open-id';
import { sessionCookie, sessionHours, Sessions } from './sessions';
import { signInPaths } from './sign-in.paths';

const attemptCookie = 'cpis-sign-in';
const attemptSeconds = 600;
type KeptAttempt = Attempt & { readonly returnTo: string };

/** Signing in and out of people. Systems come with bearer tokens and never see this. */
@Controller()
export class SignInController {
  constructor(
    private readonly openId: OpenId,
    private readonly sessions: Sessions,
    private readonly audit: Audit,
    private readonly config: Config,
    @Inject(RIGHTS_OF) private readonly rightsOf: RightsOf,
  ) {}

  @Get(signInPaths.signIn)
  @May(anyone)
  @Audited(notPersonal)
  async begin(@Query('return') returnTo: unknown, @Res() reply: FastifyReply): Promise<void> {
    const { address, attempt } = await this.openId.begin();
    const kept: KeptAttempt = { ...attempt, returnTo: localPath(returnTo) };
    await reply
      .setCookie(attemptCookie, JSON.stringify(kept), {
        ...this.attemptOptions(),
        maxAge: attemptSeconds,
        signed: true,
      })
      .header('cache-control', 'no-store')
      .redirect(address, 303);
  }

  /** The sign-in itself is audited here: before it, there is no caller whom the route could name. */
  @Get(signInPaths.callback)
  @May(anyone)
  @Audited(notPersonal)
  async finish(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const attempt = keptAttempt(request);
    if (!attempt) throw new Problem('sign-in-failed');
    const caller = claimsToCaller(await this.openId.finish(request.url, attempt), this.rightsOf);
    if (caller?.kind !== 'person')
      throw new Problem('sign-in-failed', { detail: 'The identity service named no person whom we know.' });
    await this.audit.record({ caller, action: 'signed-in', phase: 'asked', requestId: request.id });
    await this.endSession(request);
    await reply
      .setCookie(sessionCookie, await this.sessions.open(caller), {
        ...this.sessionOptions(),
        maxAge: sessionHours * 3600,
      })
      .clearCookie(attemptCookie, this.attemptOptions())
      .header('cache-control', 'no-store')
      .redirect(attempt.returnTo, 303);
  }

  @Post(signInPaths.signOut)
  @May(anyone)
  @Audited('signed-out')
  async signOut(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.endSession(request);
    await reply.clearCookie(sessionCookie, this.sessionOptions()).redirect('/?done=signed-out', 303);
  }

  private async endSession(request: FastifyRequest): Promise<void> {
    const open = request.cookies[sessionCookie];
    if (open) await this.sessions.end(open);
  }

  private sessionOptions(): CookieSerializeOptions {
    return { path: '/', httpOnly: true, sameSite: 'lax', secure: this.config.publicUrl.startsWith('https:') };
  }

  private attemptOptions(): CookieSerializeOptions {
    return { ...this.sessionOptions(), path: signInPaths.signIn };
  }
}

/** What this browser was given when it was sent away; undefined when it was not, or when that is too old or altered. */
function keptAttempt(request: FastifyRequest): KeptAttempt | undefined {
  const { valid, value } = request.unsignCookie(request.cookies[attemptCookie] ?? '');
  return valid ? (JSON.parse(value) as KeptAttempt) : undefined;
}
