import type { Payload } from '@temporalio/common';
import { create, describe, pausedById, remove, update } from './schedule-calls';
import { isAsDesired, keptPayloads, type DesiredSchedule } from './schedule-shape';
import type { TemporalClient } from './temporal-client';

export type { DesiredSchedule, TimeOfDay } from './schedule-shape';

export interface Reconciliation {
  /** Only schedules whose id begins so are ever deleted. */
  readonly prefix: string;
  /** Read after the server's list, so that one that was wanted and made meanwhile is never taken for a stranger. */
  readonly desired: () => Promise<readonly DesiredSchedule[]>;
  /** False for a payload under an older key: schedules keep theirs for ever, so they are written again. */
  readonly isCurrent?: (payload: Payload) => boolean;
}

/** Ids of schedules. `paused` ones start nothing until somebody resumes them: they are left so. */
export interface Reconciled {
  readonly created: readonly string[];
  readonly updated: readonly string[];
  readonly deleted: readonly string[];
  readonly paused: readonly string[];
}

interface Outcome {
  readonly id: string;
  readonly done: 'created' | 'updated' | 'nothing';
  readonly paused: boolean;
}

/** What this process compared with the server, by schedule: it is compared again when it changes, or after an hour. */
type Compared = Map<string, { readonly desired: string; readonly at: number }>;
const comparedBy = new WeakMap<TemporalClient, Compared>();
const compareAgainMs = 3_600_000;

/**
 * Makes the server's schedules those that the code wants: creates, updates what differs, deletes strangers. Cheap to
 * repeat every minute, and safe from several processes at once. A schedule that somebody deletes is back the next time,
 * one that somebody alters within an hour. Throws `TemporalUnreachable`; then do it again later.
 */
export const reconcileSchedules = async (temporal: TemporalClient, wish: Reconciliation): Promise<Reconciled> => {
  const present = await pausedById(temporal, wish.prefix);
  const desired = await wish.desired();
  const compared = comparedOf(temporal);
  const outcomes: Outcome[] = [];
  for (const schedule of desired) {
    const paused = isFresh(compared, schedule) ? present.get(schedule.id) : undefined;
    if (paused !== undefined) outcomes.push({ id: schedule.id, done: 'nothing', paused });
    else outcomes.push(await reconcile(temporal, schedule, wish.isCurrent ?? (() => true)));
  }
  const deleted = [...present.keys()].filter((id) => !desired.some((schedule) => schedule.id === id));
  for (const id of deleted) await remove(temporal, id);
  return {
    created: outcomes.filter(({ done }) => done === 'created').map(({ id }) => id),
    updated: outcomes.filter(({ done }) => done === 'updated').map(({ id }) => id),
    deleted,
    paused: outcomes.filter(({ paused }) => paused).map(({ id }) => id),
  };
};

const comparedOf = (temporal: TemporalClient): Compared => {
  const known = comparedBy.get(temporal) ?? new Map();
  comparedBy.set(temporal, known);
  return known;
};

const isFresh = (compared: Compared, desired: DesiredSchedule): boolean => {
  const last = compared.get(desired.id);
  return last?.desired === JSON.stringify(desired) && performance.now() - last.at < compareAgainMs;
};

const reconcile = async (
  temporal: TemporalClient,
  desired: DesiredSchedule,
  isCurrent: (payload: Payload) => boolean,
): Promise<Outcome> => {
  const { id } = desired;
  const found = (await describe(temporal, id)) ?? (await create(temporal, desired));
  const isRight = found === undefined || (isAsDesired(found, desired) && keptPayloads(found).every(isCurrent));
  if (!isRight) await update(temporal, desired);
  comparedOf(temporal).set(id, { desired: JSON.stringify(desired), at: performance.now() });
  if (found === undefined) return { id, done: 'created', paused: false };
  return { id, done: isRight ? 'nothing' : 'updated', paused: found.state.paused };
};
