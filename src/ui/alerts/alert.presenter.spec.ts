import { describe, expect, it } from '@jest/globals';
import { anAlert } from '../../../test/builders/alert.builder';
import { errorAt } from '../layout/forms';
import { presentAlert } from './alert.presenter';

describe('the page of an alert', () => {
  it('says how often and at how many different places the record was looked at', () => {
    const { times, inThisAlert } = presentAlert(anAlert().build());
    expect(times).toBe('The record was looked at 3 times, at 3 different places.');
    expect(inThisAlert).toBe('2 accesses in this alert');
  });

  it('marks what belongs to this alert, what was planned care and what did not fit', () => {
    const { accesses } = presentAlert(anAlert().build());
    expect(accesses.map(({ when, marks }) => [when, ...marks.map(({ text }) => text)])).toEqual([
      ['23 November 2026 at 02:40', 'This alert'],
      ['22 November 2026 at 21:14', 'This alert', 'Kind and setting differ'],
      ['2 October 2026 at 11:30', 'Planned care'],
    ]);
  });

  it('shows the three clocks apart: sent, received, seen', () => {
    expect(presentAlert(anAlert().build()).clocks.map(({ text }) => text)).toEqual([
      '23 November 2026 at 06:00',
      '23 November 2026 at 06:00',
      'Not yet',
    ]);
    expect(presentAlert(anAlert().seen().build()).clocks[2]?.text).toBe('23 November 2026 at 09:14');
  });

  it('says whose it is and why, and that it came in time or late', () => {
    expect(presentAlert(anAlert().build()).summary).toEqual(
      expect.arrayContaining([
        { key: 'Owner', text: 'Hana Usman', more: 'The allocated worker has it.' },
        { key: 'Raised', text: '23 November 2026 at 06:00', more: 'In time' },
      ]),
    );
    expect(presentAlert(anAlert().late().build()).summary.at(-1)?.more).toMatch(/^Late\. No batch/);
  });

  it('of a birth says the two things to do, with both numbers, and offers to decline', () => {
    const { birth, times, accesses, noAccesses } = presentAlert(anAlert().ofABirth().build());
    expect(times).toBe('A birth was notified.');
    expect(birth?.steps).toEqual([
      'End or update the mother’s record, by her NHS number 999 123 4567.',
      'Send the baby’s own plan under the NHS number 999 765 4321, or say below that none will come.',
    ]);
    expect(birth?.facts).toEqual(
      expect.arrayContaining([
        { key: 'Baby’s NHS number', text: '999 765 4321' },
        { key: 'Mother’s NHS number', text: '999 123 4567' },
      ]),
    );
    expect(birth?.decline?.reasons).toHaveLength(4);
    expect([accesses, noAccesses]).toEqual([[], 'Nobody has looked up this number so far.']);
  });

  it('of a birth after an ended plan is urgent, of a twin says which, and once done asks nothing more', () => {
    const urgent = presentAlert(anAlert().ofABirth({ isUrgent: true, birthOrder: 2, numberOfBirths: 2 }).build());
    expect(urgent.birth?.urgent).toMatch(/^Urgent: your unborn plan was ended before this birth/);
    expect(urgent.birth?.facts).toEqual(expect.arrayContaining([{ key: 'Births', text: 'Number 2 of 2' }]));
    const done = anAlert().ofABirth({ state: 'declined', toDo: [], mayDecline: false }).build();
    expect(presentAlert(done, { done: 'declined' })).toMatchObject({
      confirmation: 'You said that this newborn gets no plan of yours',
      birth: { steps: [], decline: null, paragraphs: ['Both are done. Nothing more is asked of you.'] },
    });
    expect(presentAlert(anAlert().ofABirth().build(), { done: 'declined' }).confirmation).toBe('');
  });

  it('of a loss is gentle, asks for no plan and shows no number of a baby', () => {
    const page = presentAlert(anAlert().ofALoss().build());
    expect(page.times).toMatch(/We are sorry to bring this news/);
    expect(page.birth).toMatchObject({ steps: [], decline: null, heading: 'What is asked of you' });
    expect(page.birth?.paragraphs.join(' ')).toMatch(/No plan for a baby is asked for.*When you are ready/);
    expect(JSON.stringify(page.birth)).not.toContain('999 765 4321');
  });

  it('offers only what may be done now', () => {
    const fresh = presentAlert(anAlert().build());
    expect([fresh.acknowledge, fresh.close?.action]).toEqual([
      expect.stringMatching(/\/acknowledgement$/),
      expect.stringMatching(/\/closure$/),
    ]);
    expect(presentAlert(anAlert().acknowledged().build()).acknowledge).toBe('');
    expect(presentAlert(anAlert().closed().build())).toMatchObject({
      acknowledge: '',
      close: null,
      whyNot: '',
      toDo: 'Closed',
    });
  });

  it('tells somebody who caused the access why another person must close it', () => {
    const page = presentAlert(anAlert().causedByTheReader().build());
    expect(page.close).toBeNull();
    expect(page.whyNot).toMatch(/another person must close it/);
  });

  it('offers the six outcomes in the order of the list, none chosen', () => {
    const { close } = presentAlert(anAlert().build());
    expect(close?.outcomes.map(({ text, checked }) => [text, checked])).toEqual([
      ['No further action', false],
      ['Family contacted', false],
      ['Visit planned', false],
      ['Strategy discussion', false],
      ['Shared with partner', false],
      ['Recorded in error', false],
    ]);
  });

  it('keeps what was typed, and says what is wrong at its field', () => {
    const errors = [errorAt('outcome', 'Choose an outcome')];
    const { close } = presentAlert(anAlert().build(), {
      errors,
      typed: { outcome: 'visit-planned', note: 'On Tuesday' },
    });
    expect(close).toMatchObject({ note: 'On Tuesday', outcomeError: 'Choose an outcome', noteError: '' });
    expect(close?.outcomes.find(({ checked }) => checked)?.value).toBe('visit-planned');
  });

  it('confirms only what the alert itself shows', () => {
    const closed = anAlert().closed().build();
    expect(presentAlert(closed, { done: 'closed' }).confirmation).toBe('You closed this alert');
    expect(presentAlert(closed, { done: 'acknowledged' }).confirmation).toBe('');
    expect(presentAlert(anAlert().build(), { done: 'closed' }).confirmation).toBe('');
    expect(presentAlert(anAlert().build(), { done: 'open' }).confirmation).toBe('');
  });

  it('tells the history with the person, the time and the outcome', () => {
    const { events } = presentAlert(anAlert().closed().build());
    expect(events.map(({ title, by, detail }) => [title, by, detail].join(' | '))).toEqual([
      'Alert raised |  | Tells of 2 accesses',
      'Seen | by Hana Usman | ',
      'Acknowledged | by Hana Usman | ',
      'Closed | by Hana Usman | Visit planned',
    ]);
  });

  it('says to whom an alert was passed on, and shows a happening that it has no words for by its name', () => {
    const at = '2026-11-24T17:00:00.000Z';
    const events = [
      { kind: 'escalated', at, by: 'not seen in time', detail: { rung: 'manager' } },
      { kind: 'moved-house', at, by: 'x', detail: {} },
    ];
    const page = presentAlert(anAlert().with({ events }).build());
    expect(page.events.map(({ title, by, detail }) => [title, by, detail])).toEqual([
      ['Passed on', '', 'The team manager is asked, because nobody had seen it'],
      ['Moved house', '', ''],
    ]);
  });
});
