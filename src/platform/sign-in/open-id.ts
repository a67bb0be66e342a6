import { Injectable } from '@nestjs/common';
import * as openid from 'openid-client';
import { Config } from '../config';
import { Problem } from '../problems/problem';
import { signInPaths } from './sign-in.paths';

/** What a browser keeps (signed, httpOnly) between being sent away and coming back. */
export interface Attempt {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

const timeoutSeconds = 5;

/**
 * OpenID Connect, code flow with PKCE, state and nonce. The identity service is asked only when somebody signs in:
 * the web process starts, and everyone who is signed in works on, without it.
 */
@Injectable()
export class OpenId {
  private known: Promise<openid.Configuration> | undefined;

  constructor(private readonly config: Config) {}

  /** Rejects with `unavailable` when the identity service does not answer. */
  async begin(): Promise<{ address: string; attempt: Attempt }> {
    const configuration = await this.configuration();
    const attempt = {
      state: openid.randomState(),
      nonce: openid.randomNonce(),
      verifier: openid.randomPKCECodeVerifier(),
    };
    const address = openid.buildAuthorizationUrl(configuration, {
      redirect_uri: `${this.config.publicUrl}${signInPaths.callback}`,
      scope: 'openid profile',
      code_challenge: await openid.calculatePKCECodeChallenge(attempt.verifier),
      code_challenge_method: 'S256',
      state: attempt.state,
      nonce: attempt.nonce,
      // workstations in wards and offices are shared: whoever sits down says who they are
      prompt: 'login',
    });
    return { address: address.href, attempt };
  }

  /**
   * The claims of the person who came back; `callback` is the path and query that the browser came with.
   * Rejects with `sign-in-failed` when anything does not fit, `unavailable` when the identity service does not answer.
   */
  async finish(callback: string, attempt: Attempt): Promise<openid.IDToken> {
    const configuration = await this.configuration();
    const tokens = await openid
      .authorizationCodeGrant(configuration, new URL(callback, this.config.publicUrl), {
        expectedState: attempt.state,
        expectedNonce: attempt.nonce,
        pkceCodeVerifier: attempt.verifier,
        idTokenExpected: true,
      })
      .catch((cause: unknown) => {
        throw isRefusal(cause) ? new Problem('sign-in-failed', { cause }) : unreachable(cause);
      });
    const claims = tokens.claims();
    if (!claims) throw new Problem('sign-in-failed');
    return claims;
  }

  /** Discovered once; a failure is forgotten, so that the next person tries again. */
  private configuration(): Promise<openid.Configuration> {
    this.known ??= this.discover().catch((cause: unknown) => {
      this.known = undefined;
      throw cause instanceof Problem ? cause : unreachable(cause);
    });
    return this.known;
  }

  private async discover(): Promise<openid.Configuration> {
    const { oidcIssuer, oidcClientId, oidcClientSecret, production } = this.config;
    const configuration = await openid.discovery(new URL(oidcIssuer), oidcClientId, oidcClientSecret, undefined, {
      timeout: timeoutSeconds,
      // an identity service without TLS is for development and tests alone
      execute: production ? [] : [openid.allowInsecureRequests],
    });
    if (production && configuration.serverMetadata()['cpis_development_identity_server'])
      throw new Problem('unavailable', { detail: 'The development identity server is refused in production.' });
    return configuration;
  }
}

/** The identity service answered, and the answer is no, or does not fit what we asked. */
const isRefusal = (cause: unknown): boolean =>
  cause instanceof openid.AuthorizationResponseError ||
  cause instanceof openid.ResponseBodyError ||
  (cause instanceof openid.ClientError && cause.code !== 'OAUTH_TIMEOUT');

const unreachable = (cause: unknown): Problem =>
  new Problem('unavailable', { detail: 'The identity service cannot be reached.', cause, retryAfterSeconds: 5 });
