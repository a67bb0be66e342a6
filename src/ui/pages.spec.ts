import { describe, expect, it } from '@jest/globals';
import { anAlert } from '../../test/builders/alert.builder';
import { anAnswer } from '../../test/builders/check-answer.builder';
import { Problem } from '../platform/problems/problem';
import type { Caller } from '../platform/sign-in/caller';
import { listQuery, presentAlertList } from './alerts/alert-list.presenter';
import { alertPage } from './alerts/alert.page';
import { answerTitle, presentAnswer } from './checks/answer.presenter';
import { checkPage } from './checks/check.page';
import { returnedForm } from './checks/number-form';
import { phone } from './checks/plan-card';
import { presentHome, presentWelcome } from './home/home.presenter';
import { neutralStyles } from './layout/assets';
import { errorAt } from './layout/forms';
import { presentLayout } from './layout/layout.presenter';
import type { Page } from './layout/page';
import { templates } from './layout/templates';
import { presentProblem } from './problems/problem.presenter';

const worker: Caller = {
  kind: 'person',
  id: 'E06000016/W001',
  client: 'person:E06000016/W001',
  name: 'Hana Usman',
  roles: ['worker'],
  rights: ['act-on-alerts'],
};
const alert = anAlert().with({ name: 'Aisha <b>Khan</b>', proceduresUrl: 'https://procedures.example/' });
const answer = anAnswer().withPlan().unborn().ended().seenBefore({ views: 2 }).build();
const frame = { section: 'none', title: 'x' } as const;

const pages: readonly (readonly [string, Page])[] = [
  ['the list', { ...frame, template: 'alerts/alert-list.njk', page: presentAlertList([alert.build()], listQuery({})) }],
  ['the empty list', { ...frame, template: 'alerts/alert-list.njk', page: presentAlertList([], listQuery({})) }],
  ['a new alert', alertPage(alert.build())],
  ['a closed alert', alertPage(alert.late().closed().build(), { done: 'closed' })],
  [
    'a refused decision',
    alertPage(alert.build(), { errors: [errorAt('outcome', 'Choose')], typed: { outcome: '', note: '</textarea>' } }),
  ],
  ['a birth', alertPage(alert.ofABirth({ isUrgent: true }).build(), { errors: [errorAt('reason', 'Choose')] })],
  ['a loss', alertPage(alert.ofALoss().build())],
  [
    'an answer about a newborn',
    {
      ...frame,
      template: 'checks/answer.njk',
      page: presentAnswer(anAnswer().awaitingAuthority('A', 'B').build()),
    },
  ],
  ['the check', checkPage(returnedForm('Check', '"><script>', 'Not valid'))],
  ['an answer', { ...frame, title: answerTitle(answer), template: 'checks/answer.njk', page: presentAnswer(answer) }],
  [
    'no answer',
    {
      ...frame,
      template: 'checks/could-not-check.njk',
      page: { form: returnedForm('Again', ''), phones: [phone('L', '0')] },
    },
  ],
  ['the start', { ...frame, template: 'home/home.njk', page: presentHome(worker, [alert.late().build()]) }],
  ['the welcome', { ...frame, template: 'home/home.njk', page: presentWelcome('') }],
  [
    'a problem',
    { ...frame, template: 'problems/problem.njk', page: presentProblem(new Problem('internal-error'), 'r') },
  ],
];

const print = (page: Page): string =>
  templates().render(page.template, {
    layout: presentLayout(page, worker, { csrf: 'csrf-token', requestId: 'request-id' }),
    page: page.page,
  });

describe.each(pages)('the page of %s', (_, page) => {
  const html = print(page);

  it('prints without a missing word, escaped', () => {
    expect(html).not.toMatch(/undefined|\[object|<b>Khan|"><script>/);
  });

  it('works without a script or a style of its own', () => {
    expect(html).not.toMatch(/<script|<style|\sstyle=|\son\w+=|javascript:/);
  });

  it('gives every form its tokens', () => {
    const forms = html.match(/<form[^>]*>[\s\S]*?<\/form>/g) ?? [];
    expect(forms.length).toBeGreaterThan(0);
    for (const form of forms) {
      expect(form).toContain('name="_csrf" value="csrf-token"');
      expect(form).toContain('name="requestId" value="request-id"');
      expect(form).toContain('method="post"');
    }
  });

  it('has one first heading, and no name, number or date in its title or its addresses', () => {
    expect(html.match(/<h1/g)).toHaveLength(1);
    const kept = [/<title>.*<\/title>/.exec(html)?.[0], ...(html.match(/(href|action)="(?!tel:)[^"]*"/g) ?? [])].join(
      '\n',
    );
    expect(kept).not.toMatch(/Khan|Aisha|\d{3} ?\d{3} ?\d{4}|20\d\d-\d\d/);
  });
});

describe('the look', () => {
  it('is ours: no crown, no foreign font, no picture from elsewhere', () => {
    const sheet = neutralStyles(
      '@font-face{font-family:GDS Transport;src:url(/assets/fonts/light.woff2)}a{font-family:GDS Transport,arial,sans-serif}',
      '.b{background:url(/assets/images/govuk-crest.svg) 0 0}',
    );
    expect(sheet).not.toMatch(/GDS|@font-face|crest|\/assets\//);
    expect(sheet).toContain('a{font-family:system-ui');
  });
});
