import type { Directory } from '../../workflows/alert-task/routing.rules';
import { judgeRow, tidied, type RowRules } from './plan-row';
import { plausibilityWarnings, routingWarnings } from './row-warnings';
import type { StagedRow } from './staging';
import { contentHashOf, type PlanRow } from './supplied-plan';

export interface JudgedRow extends StagedRow {
  readonly warnings: readonly string[];
}
/** `row` counts from 1. */
export type RowJudge = (given: PlanRow, row: number) => JudgedRow;

/** Judges the rows of one authority: a fault, or a plan with its warnings. Pure; the same for a file and for one plan. */
export function rowJudge(rules: RowRules, directory: Directory): RowJudge {
  const routing = routingWarnings(directory);
  return (given, row) => {
    const verdict = judgeRow(given, rules);
    if ('fault' in verdict) return rejected(given, row, verdict.fault);
    const { plan } = verdict;
    const route = routing(plan);
    const warnings = [...plausibilityWarnings(plan, given), ...(route === undefined ? [] : [route])];
    return {
      row,
      localId: plan.localId,
      plan,
      contentHash: contentHashOf(plan),
      code: 'CPR06',
      field: null,
      message: warnings.join(' ') || null,
      warnings,
    };
  };
}

const rejected = (given: PlanRow, row: number, fault: Pick<JudgedRow, 'code' | 'field' | 'message'>): JudgedRow => ({
  row,
  localId: tidied(given).local_id,
  plan: null,
  contentHash: null,
  code: fault.code,
  field: fault.field,
  message: fault.message,
  warnings: [],
});
