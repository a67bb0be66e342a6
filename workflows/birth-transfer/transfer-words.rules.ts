import { asksNothing, expectedIn } from './birth-transfer.rules';
import type { NewbornState, TransferResult, TransferStage, TransferState } from './contract';

/** Where it stands, as the Temporal UI finds it. A loss alone is its own stage: nobody is asked for a plan (domain 7). */
export function stageOf(state: TransferState, isDone: boolean): TransferStage {
  if (isDone) return 'done';
  if (asksNothing(state)) return 'awaiting-births';
  const isLossAlone = state.babies.length > 0 && state.babies.every((baby) => baby.state === 'not-expected');
  return isLossAlone ? 'stillborn' : 'awaiting-authority';
}

/** In one line, without personal data: what an administrator sees in the Temporal UI. */
export function detailsOf(state: TransferState): string {
  const settled = state.babies.filter((baby) => baby.state !== 'awaiting').length;
  const mother = state.motherIsClosed ? 'closed' : 'open';
  return (
    `${state.babies.length} of ${expectedIn(state)} babies notified, ${settled} settled. ` +
    `The mother's record is ${mother}. Last reminded: ${state.step}.`
  );
}

/** What a person reads when the transfer is done. */
export function resultOf(state: TransferState): TransferResult {
  const count = (wanted: NewbornState): number => state.babies.filter((baby) => baby.state === wanted).length;
  const counts = {
    notified: state.babies.length,
    expected: expectedIn(state),
    supplied: count('supplied'),
    declined: count('declined'),
    stillborn: count('not-expected'),
  };
  const { notified, expected, supplied, declined, stillborn } = counts;
  const inWords =
    `${notified} of ${expected} babies notified: ${supplied} with a plan, ${declined} declined, ` +
    `${stillborn} stillborn. The mother's record is closed.`;
  return { ...counts, inWords };
}
