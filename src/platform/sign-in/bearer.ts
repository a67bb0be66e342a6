import { hash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { createRemoteJWKSet, errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import { Config } from '../config';
import { Problem } from '../problems/problem';
import { claimsToCaller, type Caller, type RightsOf } from './caller';

export const RIGHTS_OF = Symbol('rights of a role');
const cacheLimit = 5_000;

interface Verified {
  readonly caller: Caller;
  readonly expiresAt: number;
}

/**
 * OAuth 2 bearer tokens, checked against the issuer's keys. A verified token is remembered by its hash until it
 * expires: an ES256 check costs more than the rest of a child's check (performance.md). Tokens live in real time: the
 * product's clock, which tests move, does not make them older.
 */
@Injectable()
export class BearerTokens {
  private readonly remembered = new Map<string, Verified>();
  private keys: JWTVerifyGetKey | undefined;

  constructor(
    private readonly config: Config,
    @Inject(RIGHTS_OF) private readonly rightsOf: RightsOf,
  ) {}

  /** Rejects with `not-signed-in` for a token that is not good, `unavailable` when the issuer's keys can't be had. */
  async verify(token: string): Promise<Caller> {
    const key = hash('sha256', token, 'base64');
    const known = this.remembered.get(key);
    if (known && known.expiresAt > Date.now()) return known.caller;
    const claims = await this.check(token);
    const caller = claimsToCaller(claims, this.rightsOf);
    if (!caller) throw new Problem('not-signed-in', { detail: 'The token names nobody that we know how to serve.' });
    if (this.remembered.size >= cacheLimit) this.remembered.clear();
    this.remembered.set(key, { caller, expiresAt: (claims.exp ?? 0) * 1000 });
    return caller;
  }

  private async check(token: string): Promise<JWTPayload> {
    try {
      this.keys ??= await this.discoverKeys();
      const { payload } = await jwtVerify(token, this.keys, {
        issuer: this.config.oidcIssuer,
        audience: this.config.oidcAudience,
        algorithms: ['RS256', 'PS256', 'ES256'],
        requiredClaims: ['exp', 'sub'],
      });
      return payload;
    } catch (cause) {
      if (cause instanceof Problem) throw cause;
      if (cause instanceof errors.JWTExpired)
        throw new Problem('not-signed-in', { detail: 'The token has expired.', cause });
      if (cause instanceof errors.JOSEError && !(cause instanceof errors.JWKSTimeout))
        throw new Problem('not-signed-in', { detail: 'The token is not valid here.', cause });
      throw new Problem('unavailable', { detail: 'The identity service cannot be reached.', cause });
    }
  }

  private async discoverKeys(): Promise<JWTVerifyGetKey> {
    const metadata = await discover(this.config);
    return createRemoteJWKSet(new URL(metadata.jwks_uri), { timeoutDuration: 3000, cooldownDuration: 5000 });
  }
}

/** The issuer's discovery document; the development identity server is refused in production. */
export async function discover(config: Config): Promise<{ jwks_uri: string }> {
  const url = `${config.oidcIssuer}/.well-known/openid-configuration`;
  const answer = await fetch(url, { signal: AbortSignal.timeout(3000) });
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}`);
  const metadata = (await answer.json()) as { jwks_uri: string; cpis_development_identity_server?: boolean };
  if (config.production && metadata.cpis_development_identity_server)
    throw new Problem('unavailable', { detail: 'The development identity server is refused in production.' });
  return metadata;
}
