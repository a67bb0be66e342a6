import { describe, expect, it } from '@jest/globals';
import { aRow, type PlanRowBuilder } from '../../test/builders/plan-row.builder';
import { judgeRow } from './plan-row';
import { plausibilityWarnings, routingWarnings } from './row-warnings';
import type { SuppliedPlan } from './supplied-plan';

const planOf = (row: PlanRowBuilder): SuppliedPlan => {
  const verdict = judgeRow(row.build(), { today: '2026-11-23', testNumbersAllowed: true });
  if ('fault' in verdict) throw new Error(verdict.fault.message);
  return verdict.plan;
};
const warningsFor = (row: PlanRowBuilder): string => plausibilityWarnings(planOf(row), row.build()).join(' ');
const unborn = aRow().unborn().with({ start_date: '2026-09-01' }).due('2026-12-20');

describe('plausibility', () => {
  it('has nothing to say of likely rows', () => {
    expect(warningsFor(aRow())).toBe('');
    expect(warningsFor(unborn)).toBe('');
  });

  it('warns of a very young mother, by her age at the expected delivery date', () => {
    expect(warningsFor(unborn.with({ birth_date: '2014-01-01' }))).toContain('younger than 13');
    expect(warningsFor(unborn.with({ birth_date: '2013-12-20' }))).toBe('');
  });

  it('warns of a start long before the expected delivery date', () => {
    expect(warningsFor(unborn.with({ start_date: '2026-02-22' }))).toContain('long before');
    expect(warningsFor(unborn.with({ start_date: '2026-02-23' }))).toBe('');
  });

  it('warns of a start before the birth', () => {
    expect(warningsFor(aRow().with({ birth_date: '2026-03-03' }))).toContain('before birth_date');
    expect(warningsFor(aRow().with({ birth_date: '2026-03-02' }))).toBe('');
  });

  it('warns of what it did not store', () => {
    expect(warningsFor(aRow().due('2026-12-01'))).toContain('UCPP only');
    expect(warningsFor(aRow().ended('2026-04-01', 'because'))).toContain('none of the reasons');
    expect(warningsFor(aRow().with({ end_reason: 'adopted' }))).toContain('without end_date');
    expect(warningsFor(aRow().ended('2026-04-01', 'adopted'))).toBe('');
  });
});

describe('routing', () => {
  const warn = routingWarnings({
    people: [
      { ref: 'W1', role: 'worker', teamRef: 'T1', state: 'active' },
      { ref: 'W2', role: 'worker', teamRef: 'T1', state: 'left' },
      { ref: 'W3', role: 'worker', teamRef: 'T1', state: 'on-leave' },
    ],
    teams: [{ ref: 'T1' }],
  });
  const warningFor = (worker: string, team = 'T1'): string | undefined =>
    warn(planOf(aRow().with({ worker_ref: worker, team_ref: team })));

  it('is silent about a worker who is there', () => expect(warningFor('W1')).toBeUndefined());

  it.each(['', 'W2', 'W3', 'W9'])('says that the plan goes to the team when the worker is «%s»', (worker) => {
    expect(warningFor(worker)).toContain('routed to the team');
  });

  it('says that the plan goes to the duty desk when there is no such team either', () => {
    expect(warningFor('W9', 'T9')).toContain('routed to the duty desk');
    expect(warningFor('', '')).toContain('routed to the duty desk');
  });
});
