import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { Clock } from '../../src/platform/clock';
import { sessionCookie } from '../../src/platform/sign-in/sessions';
import { signInPaths } from '../../src/platform/sign-in/sign-in.paths';
import { paths } from '../../src/ui/paths';
import { startProduct, type Product } from '../support/product';
import { CookieBrowser } from './cookie-browser';

const worker = 'E06000016/W001';
const hourMs = 3_600_000;

describe('signing in', () => {
  let product: Product;
  let rows: Client;
  let browser: CookieBrowser;

  beforeAll(async () => {
    product = await startProduct();
    rows = new Client({ connectionString: product.databases.ownerUrl });
    await rows.connect();
  });
  afterAll(async () => {
    await rows.end();
    await product.stop();
  });
  beforeEach(() => {
    browser = new CookieBrowser();
  });

  const signIn = async (person = worker, at: string = signInPaths.signIn) => {
    const choice = await browser.get(`${product.url}${at}`);
    return browser.send(choice, new URL(choice.url).pathname, { person });
  };

  it('brings a person back to the page that they asked for', async () => {
    const page = await signIn(worker, paths.alerts.list);
    expect([page.status, page.url]).toEqual([200, `${product.url}${paths.alerts.list}`]);
    expect(page.html).toContain('Hana Usman');
  });

  it('leads nobody to another place', async () => {
    const page = await signIn(worker, `${signInPaths.signIn}?return=//elsewhere.example/`);
    expect(page.url).toBe(`${product.url}/`);
  });

  it('asks with PKCE, state and nonce, new each time', async () => {
    const asked = await Promise.all(
      [1, 2].map(async () => {
        const { headers } = await new CookieBrowser().step(`${product.url}${signInPaths.signIn}`);
        return new URL(headers.get('location') ?? '').searchParams;
      }),
    );
    for (const name of ['state', 'nonce', 'code_challenge'])
      expect(new Set(asked.map((query) => query.get(name))).size).toBe(2);
    expect(asked[0]?.get('code_challenge_method')).toBe('S256');
    expect(asked[0]?.get('redirect_uri')).toBe(`${product.url}${signInPaths.callback}`);
  });

  it('keeps the session on the server: the cookie is httpOnly and Lax, the row holds its hash alone', async () => {
    await signIn();
    const cookie = browser.given.findLast((each) => each.startsWith(sessionCookie)) ?? '';
    expect(cookie).toMatch(/HttpOnly/);
    expect(cookie).toMatch(/SameSite=Lax/);
    const value = browser.cookies.get(sessionCookie) ?? '';
    const hash = createHash('sha256').update(value).digest();
    const { rows: found } = await rows.query(
      'select caller, expires_at - created_at as lasts from session where id_hash = $1',
      [hash],
    );
    expect(found).toEqual([
      { caller: expect.objectContaining({ id: worker, kind: 'person' }), lasts: expect.objectContaining({ hours: 8 }) },
    ]);
    const { rows: all } = await rows.query('select session::text as row from session');
    expect(JSON.stringify(all)).not.toContain(value);
  });

  it('gives a new session at each sign-in, and the old one ends', async () => {
    await signIn();
    const first = browser.cookies.get(sessionCookie) ?? '';
    await signIn();
    expect(browser.cookies.get(sessionCookie)).not.toBe(first);
    browser.cookies.set(sessionCookie, first);
    expect((await browser.step(`${product.url}${paths.alerts.list}`)).status).toBe(303);
  });

  it('is written into the audit', async () => {
    await signIn('clinician');
    const { rows: found } = await rows.query(
      `select who, name, organisation from audit_entry where action = 'signed-in' order by id desc limit 1`,
    );
    expect(found).toEqual([{ who: 'clinician', name: 'Dr Asha Verma', organisation: 'ZZ101' }]);
  });

  it('ends on the server when the person signs out', async () => {
    const home = await signIn();
    const value = browser.cookies.get(sessionCookie) ?? '';
    const page = await browser.send(home, paths.signOut);
    expect(page.html).toContain('You are signed out.');
    expect(browser.cookies.has(sessionCookie)).toBe(false);
    browser.cookies.set(sessionCookie, value);
    expect((await browser.step(`${product.url}${paths.alerts.list}`)).status).toBe(303);
  });

  it('ends after a shift', async () => {
    await signIn();
    const clock = product.app.get(Clock);
    clock.advance(8 * hourMs - 60_000);
    expect((await browser.step(`${product.url}${paths.alerts.list}`)).status).toBe(200);
    clock.advance(2 * 60_000);
    expect((await browser.step(`${product.url}${paths.alerts.list}`)).status).toBe(303);
    clock.advance(-8 * hourMs);
  });

  it.each([
    ['without having been sent away', (jar: CookieBrowser) => jar.cookies.delete('cpis-sign-in')],
    [
      'with an altered attempt',
      (jar: CookieBrowser) => jar.cookies.set('cpis-sign-in', `%7B%7D${jar.cookies.get('cpis-sign-in') ?? ''}`),
    ],
  ])('is refused to somebody who comes back %s', async (_, alter) => {
    const choice = await browser.get(`${product.url}${signInPaths.signIn}`);
    alter(browser);
    const page = await browser.send(choice, new URL(choice.url).pathname, { person: worker });
    expect(page.status).toBe(400);
    expect(page.html).toContain('Signing in did not work');
    expect(browser.cookies.has(sessionCookie)).toBe(false);
  });

  it('is refused when the state belongs to another attempt', async () => {
    const other = new CookieBrowser();
    await other.step(`${product.url}${signInPaths.signIn}`);
    const choice = await browser.get(`${product.url}${signInPaths.signIn}`);
    browser.cookies.set('cpis-sign-in', other.cookies.get('cpis-sign-in') ?? '');
    const page = await browser.send(choice, new URL(choice.url).pathname, { person: worker });
    expect([page.status, browser.cookies.has(sessionCookie)]).toEqual([400, false]);
  });

  it('lets no form through that did not come from a page of ours', async () => {
    await signIn();
    const forged = new URLSearchParams({ requestId: 'forged', nhsNumber: '9990000000' });
    const { status, html } = await browser.ask(`${product.url}${paths.signOut}`, 'POST', forged);
    expect(status).toBe(403);
    expect(html).toContain('This form could not be used');
    expect((await browser.step(`${product.url}${paths.alerts.list}`)).status).toBe(200);
  });

  it('waits for the identity service, and nothing else does', async () => {
    await signIn();
    await product.identity.stop();
    expect((await browser.step(`${product.url}${paths.alerts.list}`)).status).toBe(200);
    const alone = await startProduct({ environment: { OIDC_ISSUER: 'http://127.0.0.1:1' } });
    try {
      const page = await new CookieBrowser().get(`${alone.url}${signInPaths.signIn}`);
      expect(page.status).toBe(503);
      expect(page.html).toContain('The service cannot do this just now');
      expect((await new CookieBrowser().get(`${alone.url}/`)).status).toBe(200);
    } finally {
      await alone.stop();
    }
  });
});
