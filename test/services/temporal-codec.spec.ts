import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Global, Module, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { NestFactory, Reflector } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { defaultPayloadConverter, type Payload } from '@temporalio/common';
import type { FastifyRequest } from 'fastify';
import type { Browser, Page } from 'playwright-core';
import { freePort } from '../../scripts/ports';
import { auditedKey } from '../../src/platform/audit/audited.decorator';
import { Config } from '../../src/platform/config';
import { ProblemFilter } from '../../src/platform/http/problem.filter';
import { Problem } from '../../src/platform/problems/problem';
import { mayKey } from '../../src/platform/sign-in/may.decorator';
import { CodecModule } from '../../src/platform/temporal/codec.module';
import { dataConverterWith } from '../../src/platform/temporal/data-converter';
import { toJson, type CodecPayloads } from '../../src/platform/temporal/decode-payloads';
import { parseKeys } from '../../src/platform/temporal/encryption-keys';
import { EncryptionCodec } from '../../src/platform/temporal/payload-codec';
import { launchBrowser } from '../support/chromium';
import { aRoomStart, RoomServer } from './temporal-room';
import { entered } from './temporal-room.workflows';

const keys = `shown:${randomBytes(32).toString('base64')}`;
const codec = new EncryptionCodec(parseKeys(keys));

const sealed = async (value: unknown): Promise<CodecPayloads['payloads'][number]> => {
  const [payload = {}] = await codec.encode([defaultPayloadConverter.toPayload(value)]);
  return toJson(payload);
};

/** The sign-in of this spec: one bearer token and one session, both an operator's. Keeps what it was asked for. */
class OperatorOnly implements CanActivate {
  readonly asked: string[] = [];
  canActivate(context: ExecutionContext): boolean {
    const { authorization, cookie } = context.switchToHttp().getRequest<FastifyRequest>().headers;
    const reflector = new Reflector();
    this.asked.push(
      `${reflector.get(mayKey, context.getHandler())} ${reflector.get(auditedKey, context.getHandler())}`,
    );
    if (authorization === 'Bearer operator' || (cookie ?? '').includes('session=operator')) return true;
    throw new Problem('not-signed-in');
  }
}

describe('the codec server', () => {
  let app: NestFastifyApplication;
  let server: RoomServer;
  let address: string;
  let uiUrl: string;
  const guard = new OperatorOnly();

  const post = (body: unknown, headers: Record<string, string>): Promise<Response> =>
    fetch(`${address}/codec/decode`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  const fromUi = (): Record<string, string> => ({
    origin: uiUrl,
    'x-namespace': 'default',
    cookie: 'session=operator',
  });
  const bearer = { authorization: 'Bearer operator' };

  beforeAll(async () => {
    const [port, uiPort] = [await freePort(), await freePort()];
    address = `http://localhost:${port}`;
    uiUrl = `http://localhost:${uiPort}`;
    server = await RoomServer.atFreePort();
    await server.start({ uiPort, codecUrl: `${address}/codec` });
    const config = new Config({
      TEMPORAL_ADDRESS: server.address,
      TEMPORAL_UI_URL: `${uiUrl}/`,
      ENCRYPTION_KEYS: keys,
    });
    @Global()
    @Module({ providers: [{ provide: Config, useValue: config }], exports: [Config] })
    class Settings {}
    @Module({ imports: [Settings, CodecModule] })
    class Web {}
    app = await NestFactory.create<NestFastifyApplication>(Web, new FastifyAdapter(), { logger: false });
    app.useGlobalGuards(guard);
    app.useGlobalFilters(new ProblemFilter());
    await app.listen(port, '127.0.0.1');
  });

  afterAll(async () => {
    await app.close();
    await server.remove();
  });

  it('decrypts for the Temporal UI with a session, in its order, and passes what was never sealed', async () => {
    const plain = toJson(defaultPayloadConverter.toPayload('plain'));
    const answer = await post({ payloads: [await sealed({ label: 'one' }), plain, await sealed(2)] }, fromUi());
    expect(answer.status).toBe(200);
    expect(answer.headers.get('access-control-allow-origin')).toBe(uiUrl);
    expect(answer.headers.get('access-control-allow-credentials')).toBe('true');
    expect(answer.headers.get('vary')).toContain('Origin');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const { payloads } = (await answer.json()) as { payloads: { data: string }[] };
    expect(payloads.map(({ data }) => Buffer.from(data, 'base64').toString())).toEqual([
      '{"label":"one"}',
      '"plain"',
      '2',
    ]);
    expect(guard.asked.at(-1)).toBe('decode-payloads payloads-decoded');
  });

  it('decrypts for the command line with a bearer token', async () => {
    const answer = await post({ payloads: [await sealed('x')] }, { ...bearer, 'x-namespace': 'default' });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
  });

  it('answers the preflight of the UI without a sign-in, with every header that the UI sends', async () => {
    const answer = await fetch(`${address}/codec/decode`, {
      method: 'OPTIONS',
      headers: {
        origin: uiUrl,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,authorization-extras,content-type,x-namespace',
      },
    });
    expect(answer.status).toBe(204);
    expect(answer.headers.get('access-control-allow-origin')).toBe(uiUrl);
    expect(answer.headers.get('access-control-allow-credentials')).toBe('true');
    expect(answer.headers.get('access-control-allow-methods')).toBe('POST');
    for (const header of ['authorization', 'authorization-extras', 'content-type', 'x-namespace'])
      expect(answer.headers.get('access-control-allow-headers')).toContain(header);
  });

  it.each([
    [
      'another origin, with a session',
      403,
      'not-allowed',
      { origin: 'http://localhost:1', cookie: 'session=operator' },
    ],
    ['another origin, with a token', 403, 'not-allowed', { origin: 'https://evil.example', ...bearer }],
    ['the origin "null"', 403, 'not-allowed', { origin: 'null', cookie: 'session=operator' }],
    ['no origin and only a session', 401, 'not-signed-in', { cookie: 'session=operator' }],
    ['no sign-in at all', 401, 'not-signed-in', {}],
    ['a wrong token', 401, 'not-signed-in', { authorization: 'Bearer other' }],
    ['another media type', 415, 'unsupported-media-type', { ...bearer, 'content-type': 'text/plain' }],
  ])('refuses %s', async (_what, status, type, headers) => {
    const answer = await post({ payloads: [await sealed('secret')] }, headers);
    expect(answer.status).toBe(status);
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    const text = await answer.text();
    expect(JSON.parse(text)).toMatchObject({ type: `urn:problem:${type}`, status });
    expect(text).not.toContain('secret');
  });

  it.each([
    '/codec/%64ecode',
    '//codec/decode',
    '/codec//decode',
    '/codec/decode/',
    '/codec/decode?x',
    '/codec/./decode',
    '/Codec/Decode',
    '/codec/decode;x',
  ])('lets nobody round the gate by way of %s', async (path) => {
    const headers = { 'content-type': 'application/json', origin: 'https://evil.example', ...bearer };
    const answer = await fetch(`${address}${path}`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ payloads: [] }),
    });
    expect([403, 404]).toContain(answer.status);
  });

  it('refuses the preflight of another origin', async () => {
    const headers = { origin: 'https://evil.example', 'access-control-request-method': 'POST' };
    const answer = await fetch(`${address}/codec/decode`, { method: 'OPTIONS', headers });
    expect(answer.status).toBe(403);
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
  });

  it('lets the UI read why it was refused', async () => {
    const answer = await post({ payloads: [] }, { origin: uiUrl });
    expect(answer.status).toBe(401);
    expect(answer.headers.get('access-control-allow-origin')).toBe(uiUrl);
  });

  it('survives garbage, and answers a good call after each', async () => {
    const altered: Payload = { metadata: { encoding: Buffer.from('binary/encrypted') }, data: Buffer.from('x') };
    const garbage: readonly unknown[] = [
      '{',
      'null',
      [],
      { payloads: 'x' },
      { payloads: [1] },
      { payloads: [{ metadata: { encoding: 'not base64!' } }] },
      { payloads: [toJson(altered)] },
      { payloads: Array.from({ length: 1_001 }, () => ({})) },
      { payloads: [{ data: 'A'.repeat(5_000_000) }] },
    ];
    for (const each of garbage) {
      const refused = await post(each, bearer).catch(() => ({ status: 413 }));
      expect([400, 413, 422]).toContain(refused.status);
      expect((await post({ payloads: [await sealed('good')] }, bearer)).status).toBe(200);
    }
  });

  it('names the key that is missing', async () => {
    const [lost = {}] = await new EncryptionCodec(parseKeys(`lost:${randomBytes(32).toString('base64')}`)).encode([{}]);
    const answer = await post({ payloads: [toJson(lost)] }, bearer);
    expect(answer.status).toBe(422);
    expect(((await answer.json()) as { detail: string }).detail).toContain('No encryption key with id "lost"');
  });

  it('never encrypts', async () => {
    const answer = await fetch(`${address}/codec/encode`, { method: 'POST', headers: bearer, body: '{}' });
    expect(answer.status).toBe(404);
  });

  it('shows a workflow decrypted in the real Temporal UI, to the browser with the session and to no other', async () => {
    const client = server.client({ dataConverter: dataConverterWith(codec) });
    await client.tell(aRoomStart('shown', 'the Fernacre annexe'), entered, { who: 'Ann' });
    await client.close();
    const browser = await launchBrowser();
    try {
      const operator = await openInUi(browser, 'operator');
      await operator.getByText('the Fernacre annexe').first().waitFor();
      const other = await openInUi(browser, 'somebody');
      await other.getByText('room', { exact: true }).first().waitFor();
      expect(await other.locator('body').innerText()).not.toContain('Fernacre');
    } finally {
      await browser.close();
    }
  });

  /** As a person sets it in the UI once: this codec server, "include cross-origin credentials". Waits for the decoding. */
  const openInUi = async (browser: Browser, session: string): Promise<Page> => {
    const context = await browser.newContext();
    await context.addCookies([{ name: 'session', value: session, domain: 'localhost', path: '/' }]);
    await context.addInitScript((endpoint) => {
      localStorage.setItem('overrideRemoteCodecConfiguration', 'true');
      localStorage.setItem('includeCredentials', 'true');
      localStorage.setItem('endpoint', JSON.stringify(endpoint));
    }, `${address}/codec`);
    const page = await context.newPage();
    const answered = page.waitForResponse(
      (response) => response.url() === `${address}/codec/decode` && response.status() !== 204,
    );
    await page.goto(`${uiUrl}/namespaces/default/workflows/${encodeURIComponent('room/shown')}`);
    expect((await answered).status()).toBe(session === 'operator' ? 200 : 401);
    return page;
  };
});
