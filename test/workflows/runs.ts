import type { WorkflowClient } from '@temporalio/client';
import type { temporal } from '@temporalio/proto';

export type History = temporal.api.history.v1.IHistory;

/** The histories of every run of a workflow, the first run first: continue-as-new chains them. */
export async function runsOf(workflow: WorkflowClient, workflowId: string): Promise<readonly History[]> {
  const runs: History[] = [];
  let runId: string | undefined;
  do {
    const history = await workflow.getHandle(workflowId, runId).fetchHistory();
    runs.unshift(history);
    runId = history.events?.[0]?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId || undefined;
  } while (runId !== undefined);
  return runs;
}

/** The lengths of all timers that runs have started, milliseconds. */
export const timersOf = (runs: readonly History[]): readonly number[] =>
  runs
    .flatMap(({ events }) => events ?? [])
    .flatMap(({ timerStartedEventAttributes: started }) =>
      started?.startToFireTimeout ? [started.startToFireTimeout] : [],
    )
    .map(({ seconds, nanos }) => Number(seconds ?? 0) * 1_000 + (nanos ?? 0) / 1_000_000);

/** How many activities of a type runs have scheduled. */
export const scheduledIn = (runs: readonly History[], activityType: string): number =>
  runs
    .flatMap(({ events }) => events ?? [])
    .filter(({ activityTaskScheduledEventAttributes: scheduled }) => scheduled?.activityType?.name === activityType)
    .length;
