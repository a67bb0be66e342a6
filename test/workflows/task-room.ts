import { WithStartWorkflowOperation } from '@temporalio/client';
import type { WorkflowHandle } from '@temporalio/client';
import { newTask } from '../../workflows/alert-task/alert-task.rules';
import { alertTask, alertTaskId, closeAlert } from '../../workflows/alert-task/contract';
import type { AlertTask, Closure, TaskState } from '../../workflows/alert-task/contract';
import { taskQueue } from '../../workflows/task-queue';
import { AlertFacts } from './alert-facts';
import { openTimeRoom } from './time-room';
import type { TimeRoom } from './time-room';

export const day = 86_400_000;
export const authority = 'E06000016';
export const anna = { by: 'anna', at: 1_000 };
export const closure: Closure = { by: 'ben', at: 2_000, outcome: 'visit-planned' };

export interface Begun {
  readonly task: WorkflowHandle<AlertTask>;
  readonly managerAt: number;
  readonly dutyDeskAt: number;
}

/** A time room with alerts in it, of each of which `carol` is the cause. */
export class TaskRoom {
  private constructor(
    readonly time: TimeRoom,
    readonly facts: AlertFacts,
  ) {}

  static readonly open = async (): Promise<TaskRoom> => {
    const facts = new AlertFacts();
    return new TaskRoom(await openTimeRoom(() => facts.activities), facts);
  };

  /** An alert without a task: the manager is asked after a day, the duty desk after two. */
  async put(alertId: string, row: Partial<TaskState> = {}): Promise<Omit<Begun, 'task'>> {
    const raisedAt = await this.time.now();
    const deadlines = { managerAt: raisedAt + day, dutyDeskAt: raisedAt + 2 * day };
    this.facts.rows.set(alertId, { ...deadlines, causedBy: ['carol'], state: { ...newTask, ...row } });
    return deadlines;
  }

  async begin(alertId: string, row: Partial<TaskState> = {}): Promise<Begun> {
    const deadlines = await this.put(alertId, row);
    return { task: await this.start(alertId), ...deadlines };
  }

  start(alertId: string): Promise<WorkflowHandle<AlertTask>> {
    const args: [{ alertId: string; authority: string }] = [{ alertId, authority }];
    return this.time.workflow.start<AlertTask>(alertTask, { taskQueue, workflowId: alertTaskId(alertId), args });
  }

  /** As the product decides: the task is started first where it does not run. */
  closeWithStart(alertId: string): Promise<TaskState> {
    const startWorkflowOperation = new WithStartWorkflowOperation<AlertTask>(alertTask, {
      taskQueue,
      workflowId: alertTaskId(alertId),
      args: [{ alertId, authority }],
      workflowIdConflictPolicy: 'USE_EXISTING',
    });
    return this.time.workflow.executeUpdateWithStart(closeAlert, { args: [closure], startWorkflowOperation });
  }
}
