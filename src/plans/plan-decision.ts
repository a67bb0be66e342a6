import * as sql from './decisions.sql';
import type { PlanMerge } from './plan-merge';

/** What is decided about one plan; what is left out stays as it is. */
export interface PlanDecision {
  readonly nhsNumber?: string;
  readonly endDate?: string;
  readonly endReason?: string;
}

/** Writes a decision as a new version with its history, through the same merge as everything that an authority sends. */
export async function decide(merge: PlanMerge, planId: string, decision: PlanDecision, untold = false): Promise<void> {
  const { nhsNumber = null, endDate = null, endReason = null } = decision;
  await merge.client.query(sql.stageAsItIs, [merge.source.authority, planId, nhsNumber, endDate, endReason]);
  await merge.apply({ decision: true, untold });
}

/** The new number is right: those before it leave sight. */
export async function confirmNumber(merge: PlanMerge, planId: string): Promise<void> {
  const { authority, at, by } = merge.source;
  const { rows } = await merge.client.query<{ nhs_number: string }>(sql.dropFormerNumbers, [authority, planId]);
  const left = JSON.stringify(rows.map((row) => row.nhs_number));
  await merge.client.query(sql.recordConfirmation, [authority, planId, at, by, left]);
}

/** The new number is wrong: the plan goes back to the number that was there first, and every later one leaves sight. */
export async function rejectNumber(merge: PlanMerge, planId: string): Promise<void> {
  const { authority } = merge.source;
  const { rows } = await merge.client.query<{ nhs_number: string }>(sql.findFormerNumber, [authority, planId]);
  const [former] = rows;
  if (former) await decide(merge, planId, { nhsNumber: former.nhs_number });
  await merge.client.query(sql.dropFormerNumbers, [authority, planId]);
}
