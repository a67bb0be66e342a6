import { isDeepStrictEqual } from 'node:util';
import {
  ScheduleOverlapPolicy,
  type CalendarSpec,
  type ScheduleDescription,
  type ScheduleOptions,
  type ScheduleOptionsStartWorkflowAction,
} from '@temporalio/client';
import type { Payload, SearchAttributePair, TypedSearchAttributes, Workflow } from '@temporalio/common';
import type { WorkflowStart } from './temporal-client';

/** A time of the day on London's clock. */
export interface TimeOfDay {
  readonly hour: number;
  readonly minute: number;
}

/** `id` is the schedule's; each run's workflow id is `start.id` with the planned time (UTC) behind it. */
export interface DesiredSchedule {
  readonly id: string;
  readonly start: Omit<WorkflowStart, 'reuse'>;
  /** At least two a day: one daily time is 25 hours from the next once a year (`temporal.md`, "Schedules"). */
  readonly timesOfDay: readonly TimeOfDay[];
  /** After this a run is ended by the server; shorter than the interval. Six hours unless set. */
  readonly executionTimeoutMs?: number;
}

type Options = ScheduleOptions<ScheduleOptionsStartWorkflowAction<Workflow>>;

const timezone = 'Europe/London';
const hourMs = 3_600_000;
const policies = { overlap: ScheduleOverlapPolicy.BUFFER_ONE, catchupWindow: 20 * hourMs, pauseOnFailure: false };

/** What the server is told: a run late by up to 20 hours is caught up, one run waits while another goes on, none is retried. */
export const optionsOf = ({ id, start, timesOfDay, executionTimeoutMs = 6 * hourMs }: DesiredSchedule): Options => {
  const searchAttributes = start.searchAttributes && { typedSearchAttributes: [...start.searchAttributes] };
  return {
    scheduleId: id,
    spec: { calendars: timesOfDay.map(({ hour, minute }): CalendarSpec => ({ hour, minute })), timezone },
    policies,
    action: {
      type: 'startWorkflow',
      workflowType: start.type,
      workflowId: start.id,
      taskQueue: start.taskQueue,
      args: [...start.args],
      staticSummary: start.summary,
      workflowExecutionTimeout: executionTimeoutMs,
      ...searchAttributes,
    },
    ...searchAttributes,
  };
};

/** Whether the server's schedule is the desired one; who paused it and what it did so far do not count. */
export const isAsDesired = (found: ScheduleDescription, desired: DesiredSchedule): boolean => {
  const { start, timesOfDay, executionTimeoutMs = 6 * hourMs } = desired;
  const values = valuesOf(start.searchAttributes ?? []);
  const wanted = {
    timezone,
    times: timesOfDay.map(({ hour, minute }) => everyDayAt(hour, minute)),
    others: [],
    policies,
    workflow: [start.type, start.id, start.taskQueue, start.summary, executionTimeoutMs],
    args: start.args,
    searchAttributes: [values, values],
  };
  return isDeepStrictEqual(plain(shapeOf(found)), plain(wanted));
};

const shapeOf = ({ spec, policies: found, action, typedSearchAttributes }: ScheduleDescription): object => ({
  timezone: spec.timezone,
  times: spec.calendars,
  others: [...(spec.intervals ?? []), ...(spec.skip ?? [])],
  policies: found,
  workflow: [
    action.workflowType,
    action.workflowId,
    action.taskQueue,
    action.staticSummary,
    action.workflowExecutionTimeout,
  ],
  args: action.args,
  searchAttributes: [valuesOf(action.typedSearchAttributes ?? []), valuesOf(typedSearchAttributes)],
});

/** A calendar as the server gives it back. */
const everyDayAt = (hour: number, minute: number): object => ({
  second: [{ start: 0, end: 0, step: 1 }],
  minute: [{ start: minute, end: minute, step: 1 }],
  hour: [{ start: hour, end: hour, step: 1 }],
  dayOfMonth: [{ start: 1, end: 31, step: 1 }],
  month: [{ start: 'JANUARY', end: 'DECEMBER', step: 1 }],
  year: [],
  dayOfWeek: [{ start: 'SUNDAY', end: 'SATURDAY', step: 1 }],
  comment: '',
});

const valuesOf = (pairs: readonly SearchAttributePair[] | TypedSearchAttributes): Readonly<Record<string, string>> => {
  const all = 'getAll' in pairs ? pairs.getAll() : pairs;
  return Object.fromEntries(all.map(({ key, value }) => [key.name, JSON.stringify(value)]).sort());
};

/** As JSON has it: without `undefined` and prototypes. */
const plain = (shape: object): unknown => JSON.parse(JSON.stringify(shape));

/** The payloads that a schedule keeps for ever. */
export const keptPayloads = ({ raw }: ScheduleDescription): readonly Payload[] => {
  const workflow = raw.schedule?.action?.startWorkflow;
  const summary = workflow?.userMetadata?.summary;
  return [...(workflow?.input?.payloads ?? []), ...(summary ? [summary] : [])];
};
