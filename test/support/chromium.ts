import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';
import { ClearError } from '../../scripts/clear-error';
import { sayAloud } from '../../scripts/patience';
import type { Say } from '../../scripts/patience';
import { installPackages } from './tools';

const debians = '/usr/bin/chromium';

/** The browser's program: CHROMIUM_PATH, or Debian's, which root gets installed. @throws ClearError with the way out. */
export const chromiumPath = async (say: Say = sayAloud): Promise<string> => {
  const given = process.env['CHROMIUM_PATH'];
  if (given && !existsSync(given)) throw new ClearError(`CHROMIUM_PATH names ${given}, which is not there.`);
  if (given) return given;
  if (!existsSync(debians)) {
    await installPackages({ title: 'Chromium (or set CHROMIUM_PATH)', names: ['chromium'], say });
  }
  return debians;
};

/** Nothing but the pages under test: no sandbox (the tests may be root), no calls of the browser's own. */
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A headless browser; the caller closes it. */
export const launchBrowser = async (): Promise<Browser> =>
  chromium.launch({ executablePath: await chromiumPath(), args: flags });
