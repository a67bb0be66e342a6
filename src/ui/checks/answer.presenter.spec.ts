import { describe, expect, it } from '@jest/globals';
import { anAnswer } from '../../../test/builders/check-answer.builder';
import { answerTitle, presentAnswer } from './answer.presenter';

const headline = (answer: ReturnType<typeof anAnswer>): string => presentAnswer(answer.build()).headline;

describe('the answer to a check', () => {
  it('leads with the kind of plan', () => {
    expect(headline(anAnswer().withPlan())).toBe('Child protection plan');
    expect(headline(anAnswer().withPlan({ type: 'LAC' }))).toBe('Looked-after child');
    expect(headline(anAnswer().unborn())).toBe('Unborn child protection plan');
  });

  it('names each kind once when several plans are in sight, and leaves ended ones to their cards', () => {
    const many = anAnswer().ended({ type: 'LAC' }).withPlan().withPlan({ start: '2026-04-01' }).unborn();
    expect(headline(many)).toBe('Child protection plan and unborn child protection plan');
    expect(presentAnswer(many.build()).plans).toHaveLength(4);
    expect(presentAnswer(many.build()).meaning).toBe('This person, and her unborn child, have plans now.');
  });

  it('makes the four answers differ in tone, sign and words', () => {
    const answers = [anAnswer().withPlan(), anAnswer().awaitingAuthority(), anAnswer().ended(), anAnswer()];
    const views = answers.map((answer) => presentAnswer(answer.build()));
    expect(new Set(views.map(({ tone }) => tone)).size).toBe(4);
    expect(new Set(views.map(({ sign }) => sign)).size).toBe(4);
    expect(views.map((view) => view.headline)).toEqual([
      'Child protection plan',
      'The authority has not yet confirmed',
      'Plan ended',
      'No plan found',
    ]);
  });

  it('of a newborn says to treat it as a plan, with every authority’s telephones, beside a plan too', () => {
    const view = presentAnswer(anAnswer().awaitingAuthority('Leicester', 'Leicestershire').build());
    expect(view.meaning).toMatch(/Treat it as a plan, and phone the authority/);
    expect(view.told).toMatch(/told within 24 hours/);
    expect(view.showsAccesses).toBe(true);
    expect(view.awaiting.map(({ authority, phones }) => [authority, phones.length])).toEqual([
      ['Leicester', 2],
      ['Leicestershire', 2],
    ]);
    const both = presentAnswer(anAnswer().awaitingAuthority().withPlan().build());
    expect([both.tone, both.plans.length, both.awaiting.length]).toEqual(['plan', 1, 1]);
  });

  it('says when the last plan ended', () => {
    const ended = anAnswer().ended({ end: '2026-02-01' }).ended({ end: '2026-05-03' }).build();
    expect(presentAnswer(ended).meaning).toBe('There is no plan now. The last one ended on 3 May 2026.');
  });

  it('never takes "no plan" for safety', () => {
    expect(presentAnswer(anAnswer().build()).meaning).toMatch(/does not mean that a child is safe/);
  });

  it('asks for a call when an unborn plan is past its date and unresolved', () => {
    const [card] = presentAnswer(anAnswer().unborn({ state: 'expired-unresolved' }).build()).plans;
    expect(card?.state.text).toBe('Past its date, unresolved');
    expect(card?.remark).toMatch(/Treat it as a plan and phone the authority/);
  });

  it('shows dates in words, the authority and telephones that can be dialled', () => {
    const [card] = presentAnswer(anAnswer().unborn().build()).plans;
    expect(card).toMatchObject({
      authority: 'Leicester',
      dates: [
        { key: 'Start', text: '2 March 2026' },
        { key: 'Expected delivery', text: '1 December 2026' },
      ],
      phones: [
        { number: '0116 496 0101', href: 'tel:01164960101' },
        { number: '0116 496 0102', href: 'tel:01164960102' },
      ],
    });
    const noOffice = anAnswer().withPlan({
      authority: { gss: 'E06000016', name: 'L', emergencyPhone: '1', officePhone: null },
    });
    expect(presentAnswer(noOffice.build()).plans[0]?.phones).toHaveLength(1);
  });

  it('tells who learns of the check', () => {
    expect(presentAnswer(anAnswer().withPlan().build()).told).toMatch(/within 24 hours that you looked, not why/);
    expect(presentAnswer(anAnswer().withPlan().with({ silent: true }).build()).told).toMatch(/nobody is alerted/);
    expect(presentAnswer(anAnswer().build()).told).toMatch(/Nobody is alerted/);
  });

  it('shows repeat views as one line', () => {
    const lines = anAnswer().withPlan().seenBefore({}, { views: 3, lastAt: '2026-11-21T02:00:00.000Z' }).build();
    expect(presentAnswer(lines).accesses.map(({ again }) => again)).toEqual([
      '',
      '3 views, the last on 21 November 2026 at 02:00',
    ]);
  });

  it('shows the number as 3-3-4 on the page, and keeps it out of the title', () => {
    const answer = anAnswer().withPlan().build();
    expect(presentAnswer(answer).number).toBe('999 123 4567');
    expect(answerTitle(answer)).toBe('Child protection plan');
  });
});
