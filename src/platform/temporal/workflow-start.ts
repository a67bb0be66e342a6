import { createHash } from 'node:crypto';
import type { WorkflowStartOptions } from '@temporalio/client';
import type { SearchAttributePair, Workflow, WorkflowIdReusePolicy } from '@temporalio/common';

/** How a workflow is started, or would be. Only `args` is encrypted: `id`, `type` and `searchAttributes` stand in clear. */
export interface WorkflowStart<W extends Workflow = Workflow> {
  readonly type: string;
  readonly id: string;
  readonly taskQueue: string;
  readonly args: Readonly<Parameters<W>>;
  /** One line for the Temporal UI. No personal data. */
  readonly summary: string;
  /** No personal data. */
  readonly searchAttributes?: readonly SearchAttributePair[];
  /** What becomes of an id whose workflow has ended. `tell` and `decide` start it anew, `start` does not, unless set. */
  readonly reuse?: WorkflowIdReusePolicy;
}

/** The same in the words of the client library. */
export const startOptions = (start: WorkflowStart): WorkflowStartOptions<Workflow> => ({
  workflowId: start.id,
  taskQueue: start.taskQueue,
  args: [...start.args],
  staticSummary: start.summary,
  ...(start.searchAttributes && { typedSearchAttributes: [...start.searchAttributes] }),
  ...(start.reuse && { workflowIdReusePolicy: start.reuse }),
});

/** Update ids stand in clear and a caller chooses its request ids: the digest keeps whatever a caller put there. */
export const updateIdOf = (requestId: string): string =>
  createHash('sha256').update(requestId).digest('hex').slice(0, 32);
