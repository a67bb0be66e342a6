import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Client } from 'pg';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { paths } from '../../src/ui/paths';
import { launchBrowser } from '../support/chromium';
import { startProduct, type Product } from '../support/product';
import { plainCheck, putPlan, testNumber } from '../support/requests';
import { aPhone, Visitor, withoutScripts } from './visitor';

// a browser and axe are slow on a busy machine
jest.setTimeout(300_000);

const withPlan = testNumber(501);
const unborn = testNumber(502);
const ended = testNumber(503);
const nowhere = testNumber(504);
const spaced = (number: string): string => `${number.slice(0, 3)} ${number.slice(3, 6)} ${number.slice(6)}`;

/** Temporal is not there in this suite: a clinician never needs it. */
describe('a clinician', () => {
  let product: Product;
  let browser: Browser;
  let visitor: Visitor;

  beforeAll(async () => {
    [product, browser] = await Promise.all([startProduct(), launchBrowser()]);
    await putPlan(product, { localId: 'j1', nhsNumber: withPlan, familyName: 'Marlowe', givenName: 'Ines' });
    await putPlan(product, {
      localId: 'j2',
      nhsNumber: unborn,
      planType: 'UCPP',
      birthDate: '1998-05-06',
      startDate: '2026-08-01',
      expectedDeliveryDate: '2026-12-20',
    });
    await putPlan(product, { localId: 'j3', nhsNumber: ended, endDate: '2026-05-03' });
    await product.call('ed-system', 'POST', '/checks', { body: plainCheck(withPlan) });
  });
  afterAll(async () => {
    await browser.close();
    await product.stop();
  });
  beforeEach(async () => {
    visitor = await Visitor.with(browser, product.url);
  });
  afterEach(() => visitor.leaves());

  const goesOn = async (how: BrowserContextOptions): Promise<void> => {
    await visitor.leaves();
    visitor = await Visitor.with(browser, product.url, how);
  };

  const checks = async (number: string): Promise<void> => {
    await visitor.types('NHS number', number);
    await visitor.presses('Check');
  };

  it('signs in, checks a number with a plan and knows at once what it is and whom to phone', async () => {
    await visitor.signsInAs('clinician');
    await visitor.follows('Check a number');
    await checks(spaced(withPlan));
    expect(await visitor.heading()).toBe('Child protection plan');
    expect(await visitor.focus()).toMatch(/Child protection plan.*The child with this number has a plan now/);
    expect(visitor.address).toBe(paths.check);
    const page = await visitor.reads();
    expect(page).toContain(`NHS number ${spaced(withPlan)}`);
    expect(page).toContain('The social worker is told within 24 hours that you looked, not why');
    expect(page).toContain('Dr Emma Ward');
    expect(page).not.toMatch(/Marlowe|Ines|Hana Usman/);
    expect(await visitor.page.getByRole('link', { name: '0116 496 0101' }).getAttribute('href')).toBe(
      'tel:01164960101',
    );
    await checks(nowhere);
    expect(await visitor.heading()).toBe('No plan found');
    await checks(unborn);
    expect(await visitor.heading()).toBe('Unborn child protection plan');
    await checks(ended);
    expect(await visitor.heading()).toBe('Plan ended');
    expect(await visitor.reads()).toContain('The last one ended on 3 May 2026');
  });

  it('is told at the field that a number is not valid, and never "no plan"', async () => {
    await goesOn(aPhone);
    await visitor.signsInAs('clinician');
    await visitor.follows('Check a number');
    for (const [typed, expected] of [
      ['9000000000', 'That is not a valid NHS number, so nothing was checked'],
      ['', 'Enter an NHS number'],
    ] as const) {
      await checks(typed);
      expect(await visitor.page.title()).toMatch(/^Error: /);
      expect(await visitor.focus()).toContain(expected);
      expect(await visitor.reads()).not.toMatch(/no plan found/i);
      expect(await visitor.page.getByLabel('NHS number').inputValue()).toBe(typed);
    }
  });

  it('sees "Could not check", and what to do, while the database cannot answer', async () => {
    await visitor.signsInAs('clinician');
    await visitor.follows('Check a number');
    const jam = new Client({ connectionString: product.databases.ownerUrl });
    await jam.connect();
    await jam.query('begin; lock table access in access exclusive mode');
    try {
      await checks(withPlan);
      expect(await visitor.heading()).toBe('Could not check');
      const page = await visitor.reads();
      expect(page).toContain('This is not an answer. The child may have a plan.');
      expect(page).toMatch(/phone the emergency duty team/);
    } finally {
      await jam.query('rollback');
      await jam.end();
    }
    await visitor.presses('Try again');
    expect(await visitor.heading()).toBe('Child protection plan');
  });

  it('checks a second number after going back to the first form', async () => {
    await visitor.signsInAs('clinician');
    await visitor.follows('Check a number');
    await checks(nowhere);
    await visitor.page.goBack();
    await checks(withPlan);
    expect(await visitor.heading()).toBe('Child protection plan');
  });

  it('needs no mouse', async () => {
    const { page } = visitor;
    await visitor.signsInAs('clinician');
    await page.keyboard.press('Tab');
    expect(await visitor.focus()).toBe('Skip to main content');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    expect(await visitor.focus()).toBe('Check a number');
    await page.keyboard.press('Enter');
    await page.waitForURL(`**${paths.check}`);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    for (let presses = 0; presses < 20 && (await page.locator('input:focus').count()) === 0; presses += 1)
      await page.keyboard.press('Tab');
    await page.keyboard.type(withPlan);
    await page.keyboard.press('Enter');
    await page.waitForSelector('#answer');
    expect(await visitor.focus()).toMatch(/^! ?Child protection plan/);
    await page.keyboard.press('Tab');
    expect(await visitor.focus()).toBe('0116 496 0101');
  });

  it('needs no JavaScript', async () => {
    await goesOn(withoutScripts);
    await visitor.signsInAs('clinician');
    await visitor.follows('Check a number');
    await checks(withPlan);
    expect(await visitor.heading()).toBe('Child protection plan');
    await visitor.signsOut();
    expect(await visitor.reads()).toContain('You are signed out.');
  });

  it('has no way to alerts, and is not told whether there are any', async () => {
    await visitor.signsInAs('clinician');
    expect(await visitor.page.getByRole('link', { name: 'My alerts' }).count()).toBe(0);
    await visitor.goesTo(paths.alerts.list);
    expect(await visitor.heading()).toBe('This page is not there, or it is not yours');
  });
});
