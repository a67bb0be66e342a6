import { Injectable } from '@nestjs/common';
import {
  acknowledgeAlert,
  alertSeen,
  alertTask,
  alertTaskId,
  closeAlert,
  type Act,
  type AlertTask,
  type Outcome,
  type TaskIdentity,
} from '../../workflows/alert-task/contract';
import { taskQueue } from '../../workflows/task-queue';
import type { Told } from '../platform/outbox/relay';
import { Problem } from '../platform/problems/problem';
import { TemporalClient, type WorkflowStart } from '../platform/temporal/temporal-client';
import { DecisionRefused, TemporalUnreachable } from '../platform/temporal/temporal-errors';

/** The alerts' side of the wall: starts, tells and asks the `alertTask` workflows. Holds no rule. */
@Injectable()
export class AlertTasks {
  constructor(private readonly temporal: TemporalClient) {}

  /** The relay's handler for the topic `alert-task`: `raised` starts the task, `seen` is told to it. Twice is harmless. */
  async tell(alertId: string, authority: string, events: readonly Told[]): Promise<void> {
    await this.temporal.start(startOf({ alertId, authority }));
    for (const { event } of events)
      if (event['kind'] === 'seen')
        await this.temporal.tell(startOf({ alertId, authority }), alertSeen, {
          by: String(event['by']),
          at: Number(event['at']),
        });
  }

  acknowledge(task: { id: string; authority: string }, act: Act, requestId: string): Promise<unknown> {
    const start = startOf({ alertId: task.id, authority: task.authority });
    return decided(this.temporal.decide(start, acknowledgeAlert, { payload: act, requestId }));
  }

  close(
    task: { id: string; authority: string },
    act: Act & { outcome: Outcome; note?: string },
    requestId: string,
  ): Promise<unknown> {
    const start = startOf({ alertId: task.id, authority: task.authority });
    return decided(this.temporal.decide(start, closeAlert, { payload: act, requestId }));
  }
}

const startOf = (task: TaskIdentity): WorkflowStart<AlertTask> => ({
  type: alertTask,
  id: alertTaskId(task.alertId),
  taskQueue,
  args: [task],
  summary: `Alert task of authority ${task.authority}`,
});

/** What the SDK says of an Update that came while its workflow was completing: somebody else closed the alert. */
const tooLate = 'AcceptedUpdateCompletedWorkflow';

/** A refusal becomes the problem of the same name; an outage says so, with the way out. */
async function decided<T>(decision: Promise<T>): Promise<T> {
  try {
    return await decision;
  } catch (cause) {
    if (cause instanceof TemporalUnreachable)
      throw new Problem('workflows-unavailable', { cause, retryAfterSeconds: 30 });
    if (!(cause instanceof DecisionRefused)) throw cause;
    if (cause.type === tooLate) throw new Problem('alert-already-closed', { cause });
    if (cause.type === 'alert-already-closed' || cause.type === 'alert-caused-by-caller')
      throw new Problem(cause.type, { cause });
    if (cause.type === 'alert-not-found') throw new Problem('alert-not-found', { cause });
    if (cause.type === 'act-malformed' || cause.type === 'outcome-unknown')
      throw new Problem('invalid-request', { cause });
    throw new Problem('workflows-unavailable', { cause, retryAfterSeconds: 30 });
  }
}
