import { ScheduleAlreadyRunning, ScheduleNotFoundError, type ScheduleDescription } from '@temporalio/client';
import { optionsOf, type DesiredSchedule } from './schedule-shape';
import type { TemporalClient } from './temporal-client';

/** The server answers for a schedule by asking a workflow of its own, which takes seconds under load. */
const patienceMs = 15_000;

/** Every schedule whose id begins with `prefix`, and whether somebody paused it; the list lags a moment behind. */
export const pausedById = (temporal: TemporalClient, prefix: string): Promise<ReadonlyMap<string, boolean>> =>
  temporal.ask(async ({ schedule }) => {
    const present = new Map<string, boolean>();
    for await (const { scheduleId, state } of schedule.list()) {
      if (scheduleId.startsWith(prefix)) present.set(scheduleId, state.paused);
    }
    return present;
  }, patienceMs);

/** `undefined` when there is none. Throws `PayloadNotReadable` when its key is not known here: never made anew for that. */
export const describe = async (temporal: TemporalClient, id: string): Promise<ScheduleDescription | undefined> => {
  try {
    return await temporal.ask(({ schedule }) => schedule.getHandle(id).describe(), patienceMs);
  } catch (error) {
    if (error instanceof ScheduleNotFoundError) return undefined;
    throw error;
  }
};

/** `undefined` when it was made; the other's when another process was first. */
export const create = async (
  temporal: TemporalClient,
  desired: DesiredSchedule,
): Promise<ScheduleDescription | undefined> => {
  try {
    await temporal.ask(({ schedule }) => schedule.create(optionsOf(desired)), patienceMs);
    return undefined;
  } catch (error) {
    if (error instanceof ScheduleAlreadyRunning) return describe(temporal, desired.id);
    throw error;
  }
};

/** Leaves it paused when it is. */
export const update = async (temporal: TemporalClient, desired: DesiredSchedule): Promise<void> => {
  await temporal.ask(
    ({ schedule }) => schedule.getHandle(desired.id).update(({ state }) => ({ ...optionsOf(desired), state })),
    patienceMs,
  );
};

/** Nothing happens when it is gone already. */
export const remove = async (temporal: TemporalClient, id: string): Promise<void> => {
  try {
    await temporal.ask(({ schedule }) => schedule.getHandle(id).delete(), patienceMs);
  } catch (error) {
    if (!(error instanceof ScheduleNotFoundError)) throw error;
  }
};
