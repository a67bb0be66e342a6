import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Client } from 'pg';
import type { Browser } from 'playwright-core';
import { birthTransferId } from '../../workflows/birth-transfer/contract';
import { notifyBirth, putUnborn } from '../support/births';
import { launchBrowser } from '../support/chromium';
import { LiveProduct, until } from '../support/live-product';
import { temporalOf, type ProductTemporal } from '../support/product-temporal';
import { testNumber } from '../support/requests';
import { ownDevServer, type OwnDevServer } from '../support/temporal';
import { aPhone, Visitor } from './visitor';

// a browser and axe are slow on a busy machine
jest.setTimeout(300_000);

const [mother, baby, bereaved, lost] = [testNumber(2301), testNumber(2302), testNumber(2303), testNumber(2304)];
const spaced = (number: string): string => `${number.slice(0, 3)} ${number.slice(3, 6)} ${number.slice(6)}`;

describe('a birth', () => {
  let temporal: OwnDevServer;
  let product: LiveProduct;
  let workflows: ProductTemporal;
  let browser: Browser;

  beforeAll(async () => {
    temporal = await ownDevServer();
    [product, browser] = await Promise.all([LiveProduct.start({ temporalAddress: temporal.address }), launchBrowser()]);
    workflows = await temporalOf(product.environment);
    await putUnborn(product, { localId: 'U1', nhsNumber: mother, familyName: 'Marlowe', givenName: 'Ines' });
    await putUnborn(product, { localId: 'U2', nhsNumber: bereaved, familyName: 'Marlowe', givenName: 'Nell' });
    await notifyBirth(product, { nhsNumber: baby, motherNhsNumber: mother });
    await notifyBirth(product, { nhsNumber: lost, motherNhsNumber: bereaved, stillborn: true });
  });
  afterAll(async () => {
    await workflows?.close();
    await browser?.close();
    await product?.stop();
    await temporal?.stop();
  });

  const visits = async (story: (visitor: Visitor) => Promise<void>, how = {}): Promise<void> => {
    const visitor = await Visitor.with(browser, product.url, how);
    try {
      await story(visitor);
    } finally {
      await visitor.leaves();
    }
  };
  const unbornPlanOf = async (newborn: string): Promise<string> => {
    const rows = new Client({ connectionString: product.databases.ownerUrl });
    await rows.connect();
    const { rows: found } = await rows.query('select plan_id from newborn where nhs_number = $1', [newborn]);
    await rows.end();
    return found[0].plan_id;
  };
  const isAlerted = (name: string): Promise<void> =>
    until(`the alert "${name}" is raised`, async () => {
      const alerts = (await (await product.call('worker', 'GET', '/alerts')).json()) as { name: string }[];
      return alerts.some((alert) => alert.name === name);
    });

  it('is never "no plan" to the midwife: she learns whom to phone', async () => {
    await visits(async (midwife) => {
      await midwife.signsInAs('midwife');
      await midwife.follows('Check a number');
      await midwife.types('NHS number', baby);
      await midwife.presses('Check');
      expect(await midwife.heading()).toBe('The authority has not yet confirmed');
      expect(await midwife.reads()).toMatch(/Leicester Not yet confirmed.*0116 496 0101.*0116 496 0102/i);
      expect(await midwife.reads()).not.toMatch(/Marlowe|no plan found/i);
    }, aPhone);
  });

  it('reaches the mother’s worker with the two things to do, who declines the baby’s plan with a reason', async () => {
    await isAlerted('baby of Ines Marlowe');
    await visits(async (visitor) => {
      await visitor.signsInAs('worker');
      await visitor.follows('My alerts');
      expect(await visitor.reads()).toMatch(/Baby of Ines Marlowe.*A birth was notified/);
      await visitor.follows('Baby of Ines Marlowe');
      const page = await visitor.reads();
      expect(page).toContain(`End or update the mother’s record, by her NHS number ${spaced(mother)}.`);
      expect(page).toContain(`Send the baby’s own plan under the NHS number ${spaced(baby)}`);
      await visitor.presses('No plan for this baby');
      expect(await visitor.focus()).toContain('Choose a reason');
      await visitor.chooses('No plan needed after birth');
      await visitor.presses('No plan for this baby');
      expect(await visitor.reads()).toMatch(
        /You said that this newborn gets no plan of yours.*The baby’s plan Declined/,
      );
    });
    await putUnborn(product, {
      localId: 'U1',
      nhsNumber: mother,
      familyName: 'Marlowe',
      givenName: 'Ines',
      endDate: '2026-11-23',
      endReason: 'protection-no-longer-needed',
    });
    const transfer = birthTransferId(await unbornPlanOf(baby));
    await until('the transfer is done', async () => {
      const { status } = await workflows.client.workflow.getHandle(transfer).describe();
      return status.name === 'COMPLETED';
    });
  });

  it('that was a loss comes in gentle words and asks for no plan', async () => {
    await isAlerted('baby of Nell Marlowe');
    await visits(async (visitor) => {
      await visitor.signsInAs('worker');
      await visitor.follows('My alerts');
      await visitor.follows('Baby of Nell Marlowe');
      const page = await visitor.reads();
      expect(page).toContain('We are sorry to bring this news');
      expect(page).toContain('No plan for a baby is asked for, now or later.');
      expect(await visitor.page.getByRole('button', { name: 'No plan for this baby' }).count()).toBe(0);
    });
  });
});
