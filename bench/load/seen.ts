import { percentile } from '../measure/percentiles';
import type { Seen } from './messages';
import type { LoadWindow, Sent } from './window';

/** What an answer to a check says, as far as the oracle needs it. */
interface Answer {
  readonly id: string;
  readonly answer: string;
  readonly plans: readonly unknown[];
}

const isAnswered = ({ outcome }: Sent): boolean => 'status' in outcome && outcome.status === 200;
const failureOf = ({ outcome }: Sent): string => ('status' in outcome ? String(outcome.status) : outcome.error);

/** The figures of a window, from what was due after its first seconds. */
export const seenIn = ({ sent, beginsAt, endsAt }: LoadWindow): Seen => {
  const due = sent.filter(({ dueAt }) => dueAt >= beginsAt);
  const answered = due.filter(isAnswered);
  const failures: Record<string, number> = {};
  for (const check of due) if (!isAnswered(check)) failures[failureOf(check)] = (failures[failureOf(check)] ?? 0) + 1;
  return {
    offered: due.length,
    answered: answered.length,
    answeredInTime: sent.filter((check) => isAnswered(check) && check.overAt >= beginsAt && check.overAt < endsAt)
      .length,
    failures,
    latenciesMs: Float64Array.from(answered, ({ dueAt, overAt }) => overAt - dueAt),
    sendLagP99Ms: percentile(
      due.map(({ dueAt, sentAt }) => sentAt - dueAt),
      99,
    ),
  };
};

/** One line a check for the oracle: request id, what was answered (empty: nothing was acknowledged), and whether it alerts. */
export const oracleLine = (check: Sent): string => {
  const { outcome, requestId, silent } = check;
  if (!isAnswered(check) || !('body' in outcome)) return `${requestId},,,,${silent}\n`;
  const { id, answer, plans } = JSON.parse(Buffer.from(outcome.body, 'latin1').toString()) as Answer;
  return `${requestId},${id},${answer},${plans.length},${silent}\n`;
};
