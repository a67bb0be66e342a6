import { AxeBuilder } from '@axe-core/playwright';
import { expect } from '@jest/globals';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { demoPeople } from '../servers/demo-callers';
import { paths } from '../../src/ui/paths';

export type DemoPerson =
  'worker' | 'manager' | 'duty-desk' | 'worker-leicestershire' | 'clinician' | 'midwife' | 'operator';

const lookedOver = new Set<string>();
const serious = new Set<string | null | undefined>(['serious', 'critical']);

/** Width at which WCAG asks for reflow (1.4.10), CSS pixels. */
export const aPhone: BrowserContextOptions = { viewport: { width: 320, height: 640 } };
export const withoutScripts: BrowserContextOptions = { javaScriptEnabled: false };

/** Somebody at a browser. Each step is said as a person would say it; each new page is looked over by axe. */
export class Visitor {
  /** What the browser complained of. */
  private readonly said: string[] = [];

  private constructor(
    private readonly context: BrowserContext,
    readonly page: Page,
    private readonly hasScripts: boolean,
  ) {}

  static async with(browser: Browser, baseURL: string, options: BrowserContextOptions = {}): Promise<Visitor> {
    const usual = { locale: 'en-GB', viewport: { width: 1100, height: 800 } };
    const context = await browser.newContext({ baseURL, ...usual, ...options });
    context.setDefaultTimeout(60_000);
    const visitor = new Visitor(context, await context.newPage(), options.javaScriptEnabled !== false);
    visitor.page.on('console', (line) => visitor.said.push(line.text()));
    return visitor;
  }

  /** Signs in from the start page, or from wherever the product sent them to sign in. */
  async signsInAs(person: DemoPerson): Promise<void> {
    if (!this.page.url().includes('/interaction/')) {
      await this.page.goto(paths.home);
      await this.page.getByRole('link', { name: 'Sign in' }).click();
    }
    await this.page.getByRole('button', { name: nameOf(person) }).click();
    await this.looksAround();
  }

  async signsOut(): Promise<void> {
    await this.presses('Sign out');
  }

  async goesTo(path: string): Promise<void> {
    await this.page.goto(path);
    await this.looksAround();
  }

  async follows(link: string): Promise<void> {
    await this.page.getByRole('link', { name: link }).first().click();
    await this.looksAround();
  }

  async presses(button: string): Promise<void> {
    await this.page.getByRole('button', { name: button, exact: true }).click();
    await this.looksAround();
  }

  async chooses(option: string): Promise<void> {
    await this.page.getByLabel(option, { exact: true }).check();
  }

  async types(label: string, text: string): Promise<void> {
    await this.page.getByLabel(label).fill(text);
  }

  /** The first heading of the page: what a screen reader says first of it. */
  async heading(): Promise<string> {
    return (await this.page.getByRole('heading', { level: 1 }).innerText()).trim();
  }

  /** Everything in the main part of the page, as one line. */
  async reads(): Promise<string> {
    return (await this.page.locator('main').innerText()).replace(/\s+/g, ' ');
  }

  /** Where the keyboard is. */
  async focus(): Promise<string> {
    return (await this.page.locator(':focus').innerText()).replace(/\s+/g, ' ').trim();
  }

  /** The path in the address bar, with its query. */
  get address(): string {
    const { pathname, search } = new URL(this.page.url());
    return `${pathname}${search}`;
  }

  async leaves(): Promise<void> {
    await this.context.close();
  }

  /** No serious barrier (WCAG 2.2 AA), nothing wider than the window or from elsewhere, no number in title or address. */
  private async looksAround(): Promise<void> {
    expect(`${await this.page.title()} ${this.page.url()}`).not.toMatch(/\b\d{3} ?\d{3} ?\d{4}\b/);
    expect(this.said.filter((line) => line.includes('Content Security Policy'))).toEqual([]);
    if (!this.hasScripts) return; // axe is a script itself
    const width = await this.page.evaluate(
      'document.documentElement.scrollWidth - document.documentElement.clientWidth',
    );
    expect(width).toBeLessThanOrEqual(0);
    if (await this.knowsThisPage()) return;
    const { violations } = await new AxeBuilder({ page: this.page }).analyze();
    const barriers = violations.filter(({ impact }) => serious.has(impact));
    expect(barriers.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)).toEqual([]);
  }

  /** A page of the same parts at the same width was looked over before in this run: axe takes a second or two. */
  private async knowsThisPage(): Promise<boolean> {
    const parts = await this.page.evaluate(
      "[...new Set([...document.querySelectorAll('[class]')].map((each) => each.getAttribute('class')))].sort().join()",
    );
    const kind = `${this.page.viewportSize()?.width} ${String(parts)}`;
    if (lookedOver.has(kind)) return true;
    lookedOver.add(kind);
    return false;
  }
}

const nameOf = (person: DemoPerson): string => {
  const found = demoPeople.find(({ demoName }) => demoName === person);
  if (!found) throw new Error(`Nobody is called ${person}.`);
  return found.claims.name;
};
