import { ClearError } from './clear-error';
import type { Secrets } from './secrets';

/** What `npm start` works with. Whatever the environment says wins. */
export type StartSettings = {
  readonly port: number;
  readonly publicUrl: string;
  readonly identityPort: number;
  /** Somebody else's identity server; ours is started when there is none. */
  readonly givenIssuer: string | undefined;
  readonly issuer: string;
  readonly clientSecret: string;
  /** Somebody else's PostgreSQL. */
  readonly givenDatabase: string | undefined;
  /** Somebody else's Temporal. */
  readonly givenTemporal: string | undefined;
  readonly temporalPort: number;
  readonly temporalUiPort: number;
  readonly temporalUiUrl: string;
};

const given = (name: string): string | undefined => process.env[name] || undefined;

const portFrom = (name: string, usual: number): number => {
  const port = Number(given(name) ?? usual);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new ClearError(`${name}=${given(name)} is not a port: give a number from 1 to 65535.`);
};

/** Reads the environment. @throws ClearError for a port that is none. */
export const startSettings = (secrets: Secrets): StartSettings => {
  const port = portFrom('PORT', 3000);
  const identityPort = portFrom('IDENTITY_PORT', 3001);
  const temporalUiPort = portFrom('TEMPORAL_UI_PORT', 8233);
  return {
    port,
    publicUrl: given('PUBLIC_URL') ?? `http://localhost:${port}`,
    identityPort,
    givenIssuer: given('OIDC_ISSUER'),
    issuer: given('OIDC_ISSUER') ?? `http://localhost:${identityPort}`,
    clientSecret: given('OIDC_CLIENT_SECRET') ?? secrets.oidcClientSecret,
    givenDatabase: given('DATABASE_URL'),
    givenTemporal: given('TEMPORAL_ADDRESS'),
    temporalPort: portFrom('TEMPORAL_PORT', 7233),
    temporalUiPort,
    temporalUiUrl: given('TEMPORAL_UI_URL') ?? `http://localhost:${temporalUiPort}`,
  };
};

/** The settings of web and worker: non-owner roles only. What the user's environment names already stays as it is. */
export const productSettings = (
  settings: StartSettings,
  secrets: Secrets,
  databaseUrl: string,
): Readonly<Record<string, string>> => {
  const usual = {
    DATABASE_APP_URL: asRole(databaseUrl, 'cpis_app', given('DATABASE_APP_PASSWORD') ?? secrets.databaseAppPassword),
    DATABASE_CHECK_URL: asRole(
      databaseUrl,
      'cpis_check',
      given('DATABASE_CHECK_PASSWORD') ?? secrets.databaseCheckPassword,
    ),
    ENCRYPTION_KEYS: secrets.encryptionKeys,
    SESSION_SECRET: secrets.sessionSecret,
    OIDC_CLIENT_SECRET: settings.clientSecret,
    OIDC_ISSUER: settings.issuer,
    PORT: String(settings.port),
    PUBLIC_URL: settings.publicUrl,
    TEMPORAL_ADDRESS: `127.0.0.1:${settings.temporalPort}`,
    TEMPORAL_UI_URL: settings.temporalUiUrl,
  };
  return Object.fromEntries(Object.entries(usual).map(([name, value]) => [name, given(name) ?? value]));
};

const asRole = (ownerUrl: string, role: string, password: string): string => {
  const url = new URL(ownerUrl);
  url.username = role;
  url.password = encodeURIComponent(password);
  return url.href;
};
