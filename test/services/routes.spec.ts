import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DiscoveryService } from '@nestjs/core';
import { rightsOf } from '../../src/people/rights';
import { routesOf, type Route } from '../../src/platform/http/routes';
import { anyone } from '../../src/platform/sign-in/may.decorator';
import { startProduct, type Product } from '../support/product';

const everyRole = [
  'B0107',
  'B0170',
  'births',
  'authority-system',
  'data-quality',
  'worker',
  'manager',
  'duty-desk',
  'operator',
];

describe('every route', () => {
  let product: Product;
  let routes: readonly Route[];

  beforeAll(async () => {
    product = await startProduct();
    routes = routesOf(product.app.get(DiscoveryService, { strict: false }));
  });
  afterAll(() => product.stop());

  it('is found by the walk: the API, the pages and the health of the process', () => {
    const found = routes.map(({ method, path }) => `${method} ${path}`);
    for (const known of [
      'post /checks',
      'post /authorities/{gss}/uploads',
      'get /alerts',
      'get /health/live',
      'get /my/alerts',
      'post /codec/decode',
    ])
      expect(found).toContain(known);
  });

  it('names who may and how it is audited', () => {
    const without = routes.filter(({ may, audited }) => !may || !audited).map(({ handler }) => handler);
    expect(without).toEqual([]);
  });

  it('asks for a right that some role has', () => {
    const known = new Set<string>([anyone, ...rightsOf(everyRole)]);
    expect(routes.filter(({ may }) => !known.has(may ?? '')).map(({ handler }) => handler)).toEqual([]);
  });

  it('refuses a caller without a token, unless it is for anyone', async () => {
    const closed = routes.filter(({ may }) => may !== anyone);
    expect(closed.length).toBeGreaterThan(10);
    for (const { method, path } of closed) {
      const answer = await fetch(`${product.url}${path.replace(/\{\w+\}/g, 'x')}`, {
        method: method.toUpperCase(),
        headers: { 'x-request-id': 'walk' },
      });
      expect({ path, status: answer.status }).toEqual({ path, status: 401 });
    }
  });

  it('is described in the OpenAPI document when it belongs to the API', async () => {
    const document = (await (await fetch(`${product.url}/openapi.json`)).json()) as {
      openapi: string;
      paths: Record<string, unknown>;
    };
    expect(document.openapi).toBe('3.1.0');
    expect(Object.keys(document.paths)).toEqual(
      expect.arrayContaining(['/checks', '/alerts/{alertId}/closure', '/authorities/{gss}/uploads']),
    );
  });
});
