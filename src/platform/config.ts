import { Injectable } from '@nestjs/common';
import { z } from 'zod';

const development = {
  app: 'cpis_app',
  check: 'cpis_check',
  session: 'development-only-session-secret-0000',
  client: 'cpis-web-secret',
  // 32 zero bytes: readable by anyone who reads this line, so never accepted in production
  keys: `dev:${Buffer.alloc(32).toString('base64')}`,
} as const;

const schema = z.object({
  /** Port of the web process. */
  PORT: z.coerce.number().int().min(0).max(65535).default(3000),
  /** Address that people type; default http://localhost:PORT. */
  PUBLIC_URL: z.url().optional(),
  NODE_ENV: z.string().default('development'),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  /** Owner of the schema: migrations and roles. Web and worker never use it. */
  DATABASE_URL: z.string().min(1).default('postgres://postgres@localhost:5432/cpis'),
  /** Non-owner role under row-level security; default: DATABASE_URL's server as cpis_app. */
  DATABASE_APP_URL: z.string().optional(),
  DATABASE_APP_PASSWORD: z.string().optional(),
  /** Role of the check path alone; default: DATABASE_URL's server as cpis_check. */
  DATABASE_CHECK_URL: z.string().optional(),
  DATABASE_CHECK_PASSWORD: z.string().optional(),
  TEMPORAL_ADDRESS: z.string().default('localhost:7233'),
  TEMPORAL_NAMESPACE: z.string().default('default'),
  /** Origin that may ask the codec server to decode. */
  TEMPORAL_UI_URL: z.url().default('http://localhost:8233'),
  OIDC_ISSUER: z.url().default('http://localhost:3001'),
  OIDC_CLIENT_ID: z.string().default('cpis-web'),
  OIDC_CLIENT_SECRET: z.string().optional(),
  OIDC_AUDIENCE: z.string().default('cpis-bridge'),
  /** "id:base64,…", newest first; AES-256-GCM of everything that Temporal stores. */
  ENCRYPTION_KEYS: z.string().optional(),
  SESSION_SECRET: z.string().min(32).optional(),
  /** Moves the product's clock, outside production only: demonstrations and tests of deadlines. */
  CLOCK_OFFSET_MS: z.coerce.number().int().default(0),
  /** Longest upload, bytes. */
  UPLOAD_LIMIT_BYTES: z.coerce.number().int().positive().default(200_000_000),
});

/** A setting that is missing or wrong; the message names it and the way out. */
export class ConfigError extends Error {}

/** Every setting of the product. Nobody else reads `process.env`. */
@Injectable()
export class Config {
  readonly production: boolean;
  readonly port: number;
  readonly publicUrl: string;
  readonly logLevel: string;
  readonly databaseUrl: string;
  readonly databaseAppUrl: string;
  readonly databaseCheckUrl: string;
  readonly databaseAppPassword: string;
  readonly databaseCheckPassword: string;
  readonly temporalAddress: string;
  readonly temporalNamespace: string;
  readonly temporalUiUrl: string;
  readonly oidcIssuer: string;
  readonly oidcClientId: string;
  readonly oidcClientSecret: string;
  readonly oidcAudience: string;
  readonly encryptionKeys: string;
  readonly sessionSecret: string;
  readonly clockOffsetMs: number;
  readonly uploadLimitBytes: number;

  constructor(environment: Readonly<Record<string, string | undefined>>) {
    const given = parse(environment);
    this.production = given.NODE_ENV === 'production';
    const secret = (name: string, value: string | undefined, fallback: string): string => {
      if (value !== undefined) return value;
      if (this.production) throw new ConfigError(`${name} is not set: in production it has no default; set it.`);
      return fallback;
    };
    this.port = given.PORT;
    this.publicUrl = given.PUBLIC_URL?.replace(/\/$/, '') ?? `http://localhost:${given.PORT}`;
    this.logLevel = given.LOG_LEVEL;
    this.databaseUrl = given.DATABASE_URL;
    this.databaseAppUrl = given.DATABASE_APP_URL ?? '';
    this.databaseCheckUrl = given.DATABASE_CHECK_URL ?? '';
    this.databaseAppPassword = this.databaseAppUrl
      ? passwordOf(this.databaseAppUrl)
      : secret('DATABASE_APP_PASSWORD', given.DATABASE_APP_PASSWORD, development.app);
    this.databaseCheckPassword = this.databaseCheckUrl
      ? passwordOf(this.databaseCheckUrl)
      : secret('DATABASE_CHECK_PASSWORD', given.DATABASE_CHECK_PASSWORD, development.check);
    this.databaseAppUrl ||= asRole(given.DATABASE_URL, 'cpis_app', this.databaseAppPassword);
    this.databaseCheckUrl ||= asRole(given.DATABASE_URL, 'cpis_check', this.databaseCheckPassword);
    this.temporalAddress = given.TEMPORAL_ADDRESS;
    this.temporalNamespace = given.TEMPORAL_NAMESPACE;
    this.temporalUiUrl = given.TEMPORAL_UI_URL;
    this.oidcIssuer = given.OIDC_ISSUER.replace(/\/$/, '');
    this.oidcClientId = given.OIDC_CLIENT_ID;
    this.oidcClientSecret = secret('OIDC_CLIENT_SECRET', given.OIDC_CLIENT_SECRET, development.client);
    this.oidcAudience = given.OIDC_AUDIENCE;
    this.encryptionKeys = secret('ENCRYPTION_KEYS', given.ENCRYPTION_KEYS, development.keys);
    this.sessionSecret = secret('SESSION_SECRET', given.SESSION_SECRET, development.session);
    this.clockOffsetMs = given.CLOCK_OFFSET_MS;
    this.uploadLimitBytes = given.UPLOAD_LIMIT_BYTES;
    if (this.production) this.refuseDevelopmentSettings();
  }

  private refuseDevelopmentSettings(): void {
    if (!this.oidcIssuer.startsWith('https://'))
      throw new ConfigError(
        'OIDC_ISSUER must be an https address in production: the development identity server is refused.',
      );
    if (this.clockOffsetMs !== 0) throw new ConfigError('CLOCK_OFFSET_MS is refused in production: remove it.');
    if (this.encryptionKeys.includes(development.keys.slice(4)))
      throw new ConfigError('ENCRYPTION_KEYS holds the development key: make a key of 32 random bytes.');
  }
}

function parse(environment: Readonly<Record<string, string | undefined>>): z.infer<typeof schema> {
  const filled = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const result = schema.safeParse(filled);
  if (result.success) return result.data;
  throw new ConfigError(result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; '));
}

function asRole(ownerUrl: string, role: string, password: string): string {
  const url = new URL(ownerUrl);
  url.username = role;
  url.password = encodeURIComponent(password);
  return url.toString();
}

const passwordOf = (url: string): string => decodeURIComponent(new URL(url).password);
