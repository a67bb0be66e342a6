import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose';
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  clientCredentialsGrant,
  discovery,
  randomPKCECodeVerifier,
} from 'openid-client';
import type { Configuration } from 'openid-client';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../support/chromium';
import { demoNames } from './demo-callers';
import { startIdentity } from './identity';
import type { Identity } from './identity';

const webUrl = 'http://localhost:59999';
const callback = `${webUrl}/sign-in/callback`;

let identity: Identity;
let browser: Browser;
let web: Configuration;

const asClient = (id: string, secret: string): Promise<Configuration> =>
  discovery(new URL(identity.issuer), id, secret, undefined, { execute: [allowInsecureRequests] });

beforeAll(async () => {
  identity = await startIdentity({ port: 0, webUrl, clientSecret: 'a secret' });
  web = await asClient('cpis-web', 'a secret');
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await identity.stop();
});

/** A page without JavaScript whose visit to the product is answered here. */
const newPage = async (javaScriptEnabled = false): Promise<Page> => {
  const page = await (await browser.newContext({ javaScriptEnabled })).newPage();
  await page.route(`${webUrl}/**`, (route) => route.fulfill({ body: 'back at the product' }));
  return page;
};

/** Asks for a sign-in as the product does; gives the PKCE verifier. */
const openSignInPage = async (page: Page): Promise<string> => {
  const verifier = randomPKCECodeVerifier();
  const challenge = await calculatePKCECodeChallenge(verifier);
  const pkce = { code_challenge: challenge, code_challenge_method: 'S256' };
  await page.goto(buildAuthorizationUrl(web, { redirect_uri: callback, scope: 'openid profile', ...pkce }).href);
  return verifier;
};

const signIn = async (page: Page, name: string) => {
  const pkceCodeVerifier = await openSignInPage(page);
  await page.getByRole('button', { name }).click();
  await page.waitForURL(`${callback}**`);
  return authorizationCodeGrant(web, new URL(page.url()), { pkceCodeVerifier });
};

describe('the development identity server', () => {
  it('says what it is in its metadata, so that the product can refuse it in production', () => {
    expect(web.serverMetadata()).toMatchObject({ cpis_development_identity_server: true, issuer: identity.issuer });
  });

  it('gives a token for every demo name, signed with its published keys', async () => {
    const keys = createRemoteJWKSet(new URL(web.serverMetadata().jwks_uri ?? ''));
    for (const name of demoNames) {
      const body = new URLSearchParams({ name });
      const answer = await fetch(`${identity.issuer}/demo-token`, { method: 'POST', body });
      const { access_token: token } = (await answer.json()) as { access_token: string };
      const { payload } = await jwtVerify(token, keys, { issuer: identity.issuer, audience: 'cpis-bridge' });
      expect(payload['roles']).toEqual(expect.arrayContaining([expect.any(String)]));
    }
  });

  it('gives no token for a name that it does not know, and lists those that it knows', async () => {
    const body = new URLSearchParams({ name: 'nobody' });
    const answer = await fetch(`${identity.issuer}/demo-token`, { method: 'POST', body });
    expect(answer.status).toBe(404);
    expect(await answer.json()).toMatchObject({ names: expect.arrayContaining(['worker', 'ed-system']) });
  });

  it('gives a system its token for its client credentials, and none for wrong ones', async () => {
    const { access_token: token } = await clientCredentialsGrant(await asClient('ed-system', 'ed-system-secret'));
    const claims = { sub: 'ed-system', kind: 'system', roles: ['B0107'], organisation: 'ZZ101', aud: 'cpis-bridge' };
    expect(decodeJwt(token)).toMatchObject(claims);
    await expect(clientCredentialsGrant(await asClient('ed-system', 'wrong'))).rejects.toThrow();
  });

  it('signs a person in without JavaScript, and another one after that in the same browser', async () => {
    const page = await newPage();
    const worker = await signIn(page, 'Hana Usman');
    expect(decodeJwt(worker.access_token)).toMatchObject({
      sub: 'E06000016/W001',
      kind: 'person',
      roles: ['worker'],
      authority: 'E06000016',
      person_ref: 'W001',
      aud: 'cpis-bridge',
    });
    const clinician = await signIn(page, 'Dr Asha Verma');
    expect(clinician.claims()).toMatchObject({ sub: 'clinician', clinician_role: 'Registrar, emergency medicine' });
  });

  it('lets nobody sign in who has left or is away', async () => {
    const page = await newPage();
    await openSignInPage(page);
    expect(await page.getByRole('button', { name: 'Bina Farrell', includeHidden: true }).count()).toBe(1);
    expect(await page.getByRole('button', { name: 'Tess Ashby', includeHidden: true }).count()).toBe(0);
    expect(await page.getByRole('button', { name: 'Umar Varga', includeHidden: true }).count()).toBe(0);
  });

  it('has a sign-in page in which axe finds nothing', async () => {
    const page = await newPage(true);
    await openSignInPage(page);
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  });
});
