import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { aRow, type PlanRowBuilder } from '../../test/builders/plan-row.builder';
import { judgeRow, type RowRules } from './plan-row';
import { contentHashOf, planColumns, type PlanColumn, type SuppliedPlan } from './supplied-plan';

const rules: RowRules = { today: '2026-11-23', testNumbersAllowed: true };
const answerTo = (row: PlanRowBuilder): string => {
  const verdict = judgeRow(row.build(), rules);
  return 'fault' in verdict ? `${verdict.fault.code} ${verdict.fault.field}` : 'CPR06';
};
const planOf = (row: PlanRowBuilder): SuppliedPlan => {
  const verdict = judgeRow(row.build(), rules);
  if ('fault' in verdict) throw new Error(verdict.fault.message);
  return verdict.plan;
};

describe('a row', () => {
  it.each<[string, Partial<Record<PlanColumn, string>>, string]>([
    ['without a local id', { local_id: ' ' }, 'CPR07 local_id'],
    ['with a line break in its local id', { local_id: 'LCS\n1' }, 'CPR07 local_id'],
    ['of a type that does not exist', { plan_type: 'CIN' }, 'CPR07 plan_type'],
    ['with letters in its number', { nhs_number: 'ABCD9991' }, 'CPR04 nhs_number'],
    ['without a number', { nhs_number: '' }, 'CPR04 nhs_number'],
    ['with a wrong check digit', { nhs_number: '9434765918' }, 'CPR07 nhs_number'],
    ['with a family name of blanks', { family_name: '\u00a0 ' }, 'CPR07 family_name'],
    ['without a birth date', { birth_date: '' }, 'CPR07 birth_date'],
    ['with an impossible birth date', { birth_date: '2025-02-29' }, 'CPR07 birth_date'],
    ['with a birth date that says nothing', { birth_date: '0001-01-01' }, 'CPR07 birth_date'],
    ['with a birth date of tomorrow', { birth_date: '2026-11-24' }, 'CPR07 birth_date'],
    ['with a start in British order', { start_date: '02/03/2026' }, 'CPR07 start_date'],
    ['with an end before its start', { end_date: '2026-03-01' }, 'CPR07 end_date'],
    ['with an impossible end', { end_date: '2026-02-30' }, 'CPR07 end_date'],
    ['with a name that is too long', { given_name: 'x'.repeat(201) }, 'CPR07 given_name'],
  ])('%s is refused', (_, values, answer) => expect(answerTo(aRow().with(values))).toBe(answer));

  it('is refused as unborn without an expected delivery date', () => {
    expect(answerTo(aRow().unborn().due(''))).toBe('CPR07 expected_delivery_date');
    expect(answerTo(aRow().unborn().due('2026-13-01'))).toBe('CPR07 expected_delivery_date');
  });

  it.each<[string, PlanRowBuilder]>([
    ['born today', aRow().with({ birth_date: '2026-11-23' })],
    ['ended on its first day', aRow().ended('2026-03-02')],
    ['that starts next year', aRow().with({ start_date: '2027-02-01' })],
    ['without a given name', aRow().with({ given_name: '' })],
    ['of a child born on a leap day', aRow().with({ birth_date: '2020-02-29' })],
    ['without worker and team', aRow().with({ worker_ref: '', team_ref: '' })],
    ['with a reason that nobody knows', aRow().ended('2026-04-01', 'because')],
    ['of an unborn whose mother would be ten', aRow().unborn().with({ birth_date: '2016-01-01' })],
  ])('%s loads', (_, row) => expect(answerTo(row)).toBe('CPR06'));

  it('names its first failing column in the order of the rules, whatever else is wrong', () => {
    const order: readonly PlanColumn[] = [
      'local_id',
      'plan_type',
      'nhs_number',
      'family_name',
      'birth_date',
      'start_date',
      'end_date',
    ];
    const wrong: Partial<Record<PlanColumn, string>> = {
      plan_type: 'CIN',
      nhs_number: 'X',
      start_date: 'x',
      end_date: 'x',
    };
    const subsets = fc.uniqueArray(fc.constantFrom(...order), { minLength: 1 });
    fc.assert(
      fc.property(subsets, (failing) => {
        const values = Object.fromEntries(failing.map((column) => [column, wrong[column] ?? '']));
        const first = order.find((column) => failing.includes(column) && (column !== 'end_date' || wrong.end_date));
        return answerTo(aRow().with(values)).endsWith(` ${first}`);
      }),
    );
  });

  it('keeps names as people write them, in one Unicode form', () => {
    const plan = planOf(
      aRow().with({ family_name: ' O\u2019Brien  de  Zo\u0308e ', given_name: 'Ro\u0301isi\u0301n' }),
    );
    expect(plan.familyName).toBe('O\u2019Brien de Z\u00f6e');
    expect(plan.givenName).toBe('Róisín');
  });

  it('ignores an end reason while there is no end, and knows a reason as people write it', () => {
    expect(planOf(aRow().with({ end_reason: 'adopted' })).endReason).toBeNull();
    expect(planOf(aRow().ended('2026-04-01', ' Loss of  pregnancy ')).endReason).toBe('loss-of-pregnancy');
  });

  it('never throws, and answers with a known column, whatever the cells hold', () => {
    const cells = fc.record(Object.fromEntries(planColumns.map((column) => [column, fc.string({ unit: 'binary' })])));
    fc.assert(
      fc.property(cells, (values) => /^CPR0[47] \w+$|^CPR06$/.test(answerTo(aRow().with(values)))),
      { numRuns: 500 },
    );
  });
});

describe('the content hash', () => {
  it('does not move with spaces, letter case of the type, or the local id', () => {
    const spaced = aRow()
      .called('other')
      .with({ nhs_number: '943 476 5919', family_name: ' Testerby ', plan_type: 'cpp' });
    expect(contentHashOf(planOf(spaced))).toEqual(contentHashOf(planOf(aRow())));
  });

  it.each<Partial<Record<PlanColumn, string>>>([
    { plan_type: 'LAC' },
    { nhs_number: '9449306753' },
    { family_name: 'Testerbi' },
    { given_name: 'Robyn' },
    { birth_date: '2018-05-05' },
    { start_date: '2026-03-03' },
    { end_date: '2026-03-03' },
    { worker_ref: '' },
    { team_ref: 'T02' },
  ])('moves with %o', (values) => {
    expect(contentHashOf(planOf(aRow().with(values)))).not.toEqual(contentHashOf(planOf(aRow())));
  });

  it('tells a value from its neighbour', () => {
    const one = planOf(aRow().with({ family_name: 'A', given_name: 'BC' }));
    expect(contentHashOf(one)).not.toEqual(contentHashOf(planOf(aRow().with({ family_name: 'AB', given_name: 'C' }))));
  });
});
