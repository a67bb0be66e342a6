import { randomBytes } from 'node:crypto';
import { SignJWT, exportJWK, generateKeyPair, importJWK } from 'jose';
import type { JWK } from 'jose';
import { readJson, writeJson } from '../../scripts/json-file';

/** What the identity server signs with. Kept between starts, tokens and sessions stay valid over a restart. */
export type IdentityKeys = { readonly signing: JWK; readonly cookieSecret: string };

/** A new RSA key (RS256) and cookie secret. */
export const makeKeys = async (): Promise<IdentityKeys> => {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const kid = randomBytes(8).toString('hex');
  const signing = { ...(await exportJWK(privateKey)), kid, alg: 'RS256', use: 'sig' };
  return { signing, cookieSecret: randomBytes(32).toString('base64url') };
};

/** The keys stored in a file; made and stored there the first time. */
export const keysFrom = async (file: string): Promise<IdentityKeys> => {
  const known = readJson<IdentityKeys>(file);
  if (known) return known;
  const keys = await makeKeys();
  writeJson(file, keys);
  return keys;
};

/** Access tokens live an hour, in seconds. */
export const tokenLifeSeconds = 3600;

export type TokenRequest = {
  readonly issuer: string;
  readonly audience: string;
  /** Any claims, so that tests can ask for wrong ones too; `iat` and `exp` win over the usual hour. */
  readonly claims: Readonly<Record<string, unknown>>;
};

/** Signs an access token as the token endpoint does (RS256, `at+jwt`). */
export const signToken = async (
  { signing }: IdentityKeys,
  { issuer, audience, claims }: TokenRequest,
): Promise<string> => {
  const now = Math.floor(Date.now() / 1000);
  const usual = {
    iss: issuer,
    aud: audience,
    iat: now,
    exp: now + tokenLifeSeconds,
    jti: randomBytes(12).toString('hex'),
  };
  const header = { alg: 'RS256', typ: 'at+jwt', kid: signing.kid ?? '' };
  return new SignJWT({ ...usual, ...claims }).setProtectedHeader(header).sign(await importJWK(signing, 'RS256'));
};
