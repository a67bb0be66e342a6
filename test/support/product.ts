import { randomBytes, randomUUID } from 'node:crypto';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Config } from '../../src/platform/config';
import { createWebApp } from '../../src/web';
import { freePort } from '../../scripts/ports';
import { startIdentity, type Identity } from '../servers/identity';
import { databaseForSuite, type SuiteDatabase } from './postgres';

export interface Product {
  readonly app: NestFastifyApplication;
  readonly url: string;
  readonly config: Config;
  readonly databases: SuiteDatabase;
  readonly identity: Identity;
  /** A bearer token of a demo caller. */
  token(name: string): Promise<string>;
  /** A request as a demo caller, with an X-Request-ID of its own unless given. */
  call(name: string, method: string, path: string, options?: CallOptions): Promise<Response>;
  stop(): Promise<void>;
}
export interface CallOptions {
  readonly body?: unknown;
  readonly csv?: string | Buffer;
  readonly requestId?: string;
}
export interface ProductOptions {
  /** Default: an address where nothing listens, so that the product is seen without Temporal. */
  readonly temporalAddress?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/** The web process's application on a database of its own, with the development identity server; real HTTP. */
export async function startProduct(options: ProductOptions = {}): Promise<Product> {
  const databases = await databaseForSuite();
  const webPort = await freePort();
  const identity = await startIdentity({ port: 0, webUrl: `http://localhost:${webPort}` });
  const config = new Config(environmentOf(databases, webPort, identity.issuer, options));
  const app = await createWebApp(config);
  await app.listen(webPort, '127.0.0.1');
  const url = `http://localhost:${webPort}`;
  const tokens = new Map<string, Promise<string>>();
  const token = (name: string): Promise<string> => {
    const known = tokens.get(name) ?? identity.tokenFor(name);
    tokens.set(name, known);
    return known;
  };
  return {
    app,
    url,
    config,
    databases,
    identity,
    token,
    async call(name, method, path, { body, csv, requestId = randomUUID() } = {}) {
      const content = csv ?? (body === undefined ? undefined : JSON.stringify(body));
      return fetch(`${url}${path}`, {
        method,
        headers: {
          authorization: `Bearer ${await token(name)}`,
          'x-request-id': requestId,
          ...(csv !== undefined && { 'content-type': 'text/csv' }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
        },
        ...(content !== undefined && { body: content }),
      });
    },
    async stop() {
      await app.close();
      await identity.stop();
      await databases.drop();
    },
  };
}

/** Tests live on one day, whenever they run: noon in London on the day of the data. */
const noonOfTheData = Date.parse('2026-11-23T12:00:00Z');

/** The settings that web and worker of a test need, as `process.env` would give them. */
export function environmentOf(
  databases: SuiteDatabase,
  webPort: number,
  issuer: string,
  { temporalAddress = '127.0.0.1:1', environment = {} }: ProductOptions,
): Record<string, string> {
  return {
    NODE_ENV: 'test',
    LOG_LEVEL: 'silent',
    CLOCK_OFFSET_MS: String(noonOfTheData - Date.now()),
    PORT: String(webPort),
    DATABASE_URL: databases.ownerUrl,
    DATABASE_APP_URL: databases.appUrl,
    DATABASE_CHECK_URL: databases.checkUrl,
    TEMPORAL_ADDRESS: temporalAddress,
    OIDC_ISSUER: issuer,
    ENCRYPTION_KEYS: `test:${randomBytes(32).toString('base64')}`,
    ...environment,
  };
}
