import { isFields, isShortText } from '../shapes.rules';
import type { BatchProgress, BatchRequest, BatchResult } from './contract';

/** Subjects whose alerts one call of the activity raises. */
export const subjectsPerRound = 100;
/** No authority has this many subjects in half a day: a batch that needs more rounds is going in circles. */
export const mostRounds = 2_000;
/** Rounds in a row that raised nothing, others (the watchdog) holding what is left. */
export const mostIdleRounds = 30;
export const idleRoundMs = 10_000;

export const isBatchRequest = (value: unknown): value is BatchRequest =>
  isFields(value) && isShortText(value.authority) && (value.slot === undefined || isShortText(value.slot));

/** The slot that was asked for; else the Schedule's planned time; else, started by hand, the time of starting. ISO 8601 UTC. */
export const slotOf = (request: BatchRequest, plannedAt: Date | undefined, startedAt: Date): string =>
  request.slot ?? (plannedAt ?? startedAt).toISOString();

/** Where the raising stands: call again, wait first, stop, or give up loudly (the watchdog raises what is left). */
export interface Raising {
  readonly rounds: number;
  readonly idleRounds: number;
  readonly left: number;
}
export type NextRound = 'at-once' | 'after-a-pause' | 'done' | 'stuck';

export const beforeRaising: Raising = { rounds: 0, idleRounds: 0, left: 0 };

export const afterRound = (before: Raising, round: { readonly raised: number; readonly left: number }): Raising => ({
  rounds: before.rounds + 1,
  idleRounds: round.raised === 0 ? before.idleRounds + 1 : 0,
  left: round.left,
});

export function nextRound({ rounds, idleRounds, left }: Raising): NextRound {
  if (left <= 0) return 'done';
  if (rounds >= mostRounds || idleRounds >= mostIdleRounds) return 'stuck';
  return idleRounds > 0 ? 'after-a-pause' : 'at-once';
}

/** In one line, without personal data: what an administrator sees in the Temporal UI. */
export const detailsOf = ({ stage, slot, notices, alerts }: BatchProgress): string =>
  `Slot ${slot}: ${stage}. ${notices} notices, ${alerts} alerts.`;

export const resultOf = ({ slot, notices, alerts }: BatchProgress): BatchResult => ({ slot, notices, alerts });
