import { describe, expect, it } from '@jest/globals';
import { why } from './visibility-reasons.rules';
import type { PlanDates } from './visibility.rules';

const cpp: PlanDates = { type: 'CPP', startDate: '2026-01-10' };
const unborn: PlanDates = { type: 'UCPP', startDate: '2026-01-10', expectedDeliveryDate: '2026-06-01' };

describe('why a plan is in sight or not', () => {
  it.each<[sentence: string, plan: PlanDates, today: string]>([
    ['Active since 10 January 2026; no end is recorded.', cpp, '2026-11-23'],
    [
      'Recorded, and in sight already; starts on 1 March 2027; no end is recorded.',
      { ...cpp, startDate: '2027-03-01' },
      '2026-11-23',
    ],
    ['Active through 3 June 2026, its end date.', { ...cpp, endDate: '2026-06-03' }, '2026-06-03'],
    [
      'Ended on 3 June 2026; stays in sight, marked ended, through 3 June 2027.',
      { ...cpp, endDate: '2026-06-03' },
      '2026-06-04',
    ],
    [
      'Ended on 3 June 2026; was in sight, marked ended, through 3 June 2027.',
      { ...cpp, endDate: '2026-06-03' },
      '2027-06-04',
    ],
    [
      'Active through 22 November 2026, the day before the 18th birthday.',
      { ...cpp, birthDate: '2008-11-23' },
      '2026-11-22',
    ],
    [
      'Ended on 22 November 2026, the day before the 18th birthday; stays in sight, marked ended, through 22 November 2027.',
      { ...cpp, birthDate: '2008-11-23' },
      '2026-11-23',
    ],
    ['Unborn, expected on 1 June 2026; in sight as a plan through 29 June 2026.', unborn, '2026-06-29'],
    [
      'Expected on 1 June 2026, and nothing more was heard by 29 June 2026; stays in sight, marked expired and unresolved, until a person resolves it.',
      unborn,
      '2026-06-30',
    ],
    [
      'Ended on 4 May 2026 (loss of pregnancy); an unborn plan that ends so is out of sight at once.',
      { ...unborn, endDate: '2026-05-04', endReason: 'loss-of-pregnancy' },
      '2026-05-04',
    ],
    [
      'Unborn, expected on 1 June 2026; in sight as a plan through 29 June 2026; an end on 4 May 2026 (stillbirth) is recorded and takes it out of sight that day.',
      { ...unborn, endDate: '2026-05-04', endReason: 'stillbirth' },
      '2026-05-03',
    ],
    ['Active through 4 May 2026, its end date.', { ...unborn, endDate: '2026-05-04' }, '2026-05-03'],
  ])('says: %s', (sentence, plan, today) => expect(why(plan, today)).toBe(sentence));
});
