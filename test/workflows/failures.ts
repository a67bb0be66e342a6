import { WorkflowFailedError, WorkflowUpdateFailedError } from '@temporalio/client';
import { ActivityFailure, ApplicationFailure } from '@temporalio/common';

/** The `type` of the ApplicationFailure that a workflow or an update ended in. Throws when it did not fail so. */
export async function failureOf(result: Promise<unknown>): Promise<string | null | undefined> {
  const error: unknown = await result.then(
    (value) => new Error(`it did not fail: ${JSON.stringify(value)}`),
    (cause: unknown) => cause,
  );
  if (!(error instanceof WorkflowFailedError) && !(error instanceof WorkflowUpdateFailedError)) throw error;
  const cause = error.cause instanceof ActivityFailure ? error.cause.cause : error.cause;
  if (!(cause instanceof ApplicationFailure)) throw error;
  return cause.type;
}
