import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { defaultPayloadConverter } from '@temporalio/common';
import { Client } from 'pg';
import { toJson, type CodecPayloads } from '../../src/platform/temporal/decode-payloads';
import { parseKeys } from '../../src/platform/temporal/encryption-keys';
import { EncryptionCodec } from '../../src/platform/temporal/payload-codec';
import { startProduct, type Product } from '../support/product';

const uiUrl = 'http://localhost:38233';

/** The gate, the sign-in and the audit together: each by itself has its own suite. */
describe('the codec server in the product', () => {
  let product: Product;
  let rows: Client;
  let sealed: CodecPayloads;

  beforeAll(async () => {
    product = await startProduct({ environment: { TEMPORAL_UI_URL: uiUrl } });
    rows = new Client({ connectionString: product.databases.ownerUrl });
    await rows.connect();
    const codec = new EncryptionCodec(parseKeys(product.config.encryptionKeys));
    sealed = { payloads: (await codec.encode([defaultPayloadConverter.toPayload('of a child')])).map(toJson) };
  });
  afterAll(async () => {
    await rows?.end();
    await product?.stop();
  });

  const decode = async (headers: Readonly<Record<string, string>>): Promise<Response> =>
    fetch(`${product.url}/codec/decode`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(sealed),
    });
  const as = async (name: string): Promise<Record<string, string>> => ({
    authorization: `Bearer ${await product.token(name)}`,
    'x-request-id': randomUUID(),
  });
  const audited = async (requestId: string | undefined): Promise<unknown[]> =>
    (
      await rows.query(`select action, phase, who, roles, problem from audit_entry where request_id = $1 order by id`, [
        requestId,
      ])
    ).rows;

  it('decodes for a signed-in operator, and audits it before', async () => {
    const headers = await as('operator');
    const answer = await decode({ ...headers, origin: uiUrl });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('access-control-allow-origin')).toBe(uiUrl);
    const { payloads } = (await answer.json()) as { payloads: { data: string }[] };
    expect(payloads.map(({ data }) => Buffer.from(data, 'base64').toString())).toEqual(['"of a child"']);
    expect(await audited(headers['x-request-id'])).toEqual([
      { action: 'payloads-decoded', phase: 'asked', who: 'operator', roles: ['operator'], problem: null },
    ]);
  });

  it.each(['worker', 'manager', 'data-quality', 'clinician', 'leicester-system', 'ed-system'])(
    'refuses %s, and audits the refusal',
    async (name) => {
      const headers = await as(name);
      const answer = await decode({ ...headers, origin: uiUrl });
      expect(answer.status).toBe(403);
      expect(await answer.text()).not.toContain('of a child');
      expect(await audited(headers['x-request-id'])).toMatchObject([
        { action: 'payloads-decoded', phase: 'refused', problem: 'not-allowed' },
      ]);
    },
  );

  it('refuses whoever has not signed in, and a token that is not one', async () => {
    for (const headers of [{ origin: uiUrl }, {}, { origin: uiUrl, authorization: 'Bearer operator' }])
      expect((await decode(headers)).status).toBe(401);
  });

  it('refuses a page of another origin, whoever has signed in there', async () => {
    const headers = await as('operator');
    const answer = await decode({ ...headers, origin: 'https://elsewhere.example' });
    expect(answer.status).toBe(403);
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    expect(await audited(headers['x-request-id'])).toEqual([]);
  });

  it('answers the preflight of the Temporal UI alone', async () => {
    const preflight = async (origin: string): Promise<Response> =>
      fetch(`${product.url}/codec/decode`, {
        method: 'OPTIONS',
        headers: {
          origin,
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'authorization,content-type,x-namespace',
        },
      });
    const answer = await preflight(uiUrl);
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([204, uiUrl]);
    expect((await preflight('https://elsewhere.example')).status).toBe(403);
  });

  it('decodes nothing when it cannot be audited', async () => {
    await rows.query('revoke insert on audit_entry from cpis_app');
    try {
      const answer = await decode(await as('operator'));
      expect(answer.status).toBe(503);
      expect(await answer.text()).not.toContain(Buffer.from('"of a child"').toString('base64'));
    } finally {
      await rows.query('grant insert on audit_entry to cpis_app');
    }
    expect((await decode(await as('operator'))).status).toBe(200);
  });
});
