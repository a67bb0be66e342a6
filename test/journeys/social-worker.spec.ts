import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Browser } from 'playwright-core';
import type { AlertSummary } from '../../src/alerts/alert.schema';
import { paths } from '../../src/ui/paths';
import { launchBrowser } from '../support/chromium';
import { LiveProduct, until } from '../support/live-product';
import { plainCheck, putPlan, testNumber } from '../support/requests';
import { ownDevServer, type OwnDevServer } from '../support/temporal';
import { aPhone, Visitor, withoutScripts } from './visitor';

// a browser and axe are slow on a busy machine
jest.setTimeout(300_000);

const leicester = 'E06000016';
/** One child for each story, so that none meets another's alerts. */
const children = {
  Ines: testNumber(601),
  Milo: testNumber(602),
  Nell: testNumber(603),
  Otto: testNumber(604),
  Pia: testNumber(605),
  Rhys: testNumber(606),
} as const;
type Child = keyof typeof children;

/** The product as it ships, with a Temporal server of its own. */
describe('a social worker', () => {
  let temporal: OwnDevServer;
  let product: LiveProduct;
  let browser: Browser;
  let visitor: Visitor;

  beforeAll(async () => {
    temporal = await ownDevServer();
    [product, browser] = await Promise.all([LiveProduct.start({ temporalAddress: temporal.address }), launchBrowser()]);
    for (const [givenName, nhsNumber] of Object.entries(children))
      await putPlan(product, { localId: givenName, nhsNumber, familyName: 'Marlowe', givenName });
  });
  afterAll(async () => {
    await browser.close();
    await product.stop();
    await temporal.stop();
  });
  beforeEach(async () => {
    visitor = await Visitor.with(browser, product.url);
  });
  afterEach(() => visitor.leaves());

  const isSeen = async (child: Child, ...others: Partial<ReturnType<typeof plainCheck>>[]): Promise<void> => {
    for (const other of [{}, ...others]) {
      const body = { ...plainCheck(children[child]), ...other };
      expect((await product.call('ed-system', 'POST', '/checks', { body })).status).toBe(200);
    }
    await product.call('manager', 'POST', `/authorities/${leicester}/batches`);
    await until(`${child} has an alert`, async () => {
      const alerts = (await (await product.call('worker', 'GET', '/alerts')).json()) as AlertSummary[];
      return alerts.some(({ name }) => name === `${child} Marlowe`);
    });
  };
  const opensTheAlertOf = async (child: Child, who = visitor): Promise<void> => {
    await who.signsInAs('worker');
    await who.follows('My alerts');
    await who.follows(`${child} Marlowe`);
  };

  it('signs in, opens the alert, acknowledges it and closes it with an outcome', async () => {
    await isSeen('Ines', { organisation: 'ZZ104', setting: 'walk-in-centre' });
    await visitor.signsInAs('worker');
    expect(await visitor.reads()).toMatch(/1 open alert\. 1 new/i);
    await visitor.follows('My alerts');
    expect(await visitor.reads()).toMatch(/Ines Marlowe.*2 accesses at 2 places.*Hana Usman.*New/i);

    await visitor.follows('Ines Marlowe');
    expect(await visitor.heading()).toBe('Ines Marlowe');
    expect(await visitor.page.title()).toMatch(/^Alert AL-\w{4}-\w{4} – /);
    const page = await visitor.reads();
    expect(page).toContain('The record was looked at 2 times, at 2 different places.');
    expect(page).toMatch(/Clock Tower walk-in centre.*Soar Valley Hospital emergency department/);
    expect(page).toMatch(/Dr Emma Ward ?Registrar/);
    expect(page).toMatch(/Seen by a person 23 November 2026 at/);

    await visitor.presses('Acknowledge');
    expect(await visitor.reads()).toContain('You acknowledged this alert');
    expect(await visitor.page.getByRole('button', { name: 'Acknowledge' }).count()).toBe(0);

    await visitor.presses('Close this alert');
    expect(await visitor.focus()).toContain('Choose an outcome');
    await visitor.chooses('Visit planned');
    await visitor.types('Note (optional)', 'Home visit on Tuesday');
    await visitor.presses('Close this alert');
    const done = await visitor.reads();
    expect(done).toContain('You closed this alert');
    expect(done).toMatch(/Outcome Visit planned Note Home visit on Tuesday/);
    expect(done).toMatch(/Alert raised.*Seen by Hana Usman.*Acknowledged by Hana Usman.*Closed by Hana Usman/);

    await visitor.follows('My alerts');
    expect(await visitor.reads()).toContain('You have no open alerts.');
    await visitor.follows('Closed (1)');
    expect(await visitor.reads()).toContain('Ines Marlowe');
  });

  it('does the same without JavaScript, on a phone', async () => {
    await isSeen('Milo');
    const small = await Visitor.with(browser, product.url, { ...withoutScripts, ...aPhone });
    try {
      await opensTheAlertOf('Milo', small);
      await small.presses('Acknowledge');
      await small.chooses('No further action');
      await small.presses('Close this alert');
      expect(await small.reads()).toContain('You closed this alert');
    } finally {
      await small.leaves();
    }
  });

  it('of another authority gets "not there", and so does somebody who makes an address up', async () => {
    await isSeen('Nell');
    await opensTheAlertOf('Nell');
    const { address } = visitor;
    const stranger = await Visitor.with(browser, product.url);
    try {
      await stranger.page.goto(address);
      await stranger.signsInAs('worker-leicestershire');
      expect(await stranger.heading()).toBe('This page is not there, or it is not yours');
      const notYours = await stranger.reads();
      await stranger.goesTo(paths.alerts.one('6a0c4f6e-6d2b-4b57-9f0e-0d6c1f2a3b4c'));
      expect(await stranger.reads()).toBe(notYours);
    } finally {
      await stranger.leaves();
    }
  });

  it('does not see an alert by fetching its page ahead', async () => {
    await isSeen('Otto');
    await visitor.signsInAs('worker');
    await visitor.follows('My alerts');
    const link = await visitor.page.getByRole('link', { name: 'Otto Marlowe' }).first().getAttribute('href');
    const ahead = await visitor.page.request.get(link ?? '', { headers: { 'sec-purpose': 'prefetch' } });
    expect(ahead.status()).toBe(200);
    expect(await ahead.text()).toMatch(/Seen by a person<\/dt>\s*<dd[^>]*>Not yet/);
  });

  it('who looked at the record herself is told why another person must close the alert', async () => {
    const clinician = { id: 'E06000016/W001', name: 'Hana Usman', role: 'Bank nurse' };
    await isSeen('Rhys', { clinician });
    await opensTheAlertOf('Rhys');
    expect(await visitor.reads()).toMatch(
      /You made an access that this alert tells of, so another person must close it/,
    );
    expect(await visitor.page.getByRole('button', { name: 'Close this alert' }).count()).toBe(0);
  });

  it('keeps what was typed, and the way out, while Temporal is down', async () => {
    await isSeen('Pia');
    await visitor.leaves();
    visitor = await Visitor.with(browser, product.url, aPhone);
    await opensTheAlertOf('Pia');
    await temporal.stop();
    await visitor.chooses('Family contacted');
    await visitor.types('Note (optional)', 'Spoke to the mother');
    await visitor.presses('Close this alert');
    expect(await visitor.focus()).toMatch(/Decisions cannot be stored just now.*Try again in a few minutes/);
    expect(await visitor.page.getByLabel('Note (optional)').inputValue()).toBe('Spoke to the mother');
    expect(await visitor.page.getByLabel('Family contacted').isChecked()).toBe(true);
    await temporal.start();
    await visitor.presses('Close this alert');
    expect(await visitor.reads()).toContain('You closed this alert');
  });
});
