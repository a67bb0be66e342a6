import { ApplicationFailure } from '@temporalio/common';
import type { AlertTaskActivities, TaskDeadlines, TaskState } from '../../workflows/alert-task/contract';

/** What was written to an alert's history. */
export interface Written {
  readonly alertId: string;
  readonly what: 'acknowledged' | 'closed' | 'escalated';
  readonly by?: string;
  readonly rung?: string;
  readonly at: number;
}

/** The alerts noun in memory: rows, what was written in order, and how many of the next writes fail. */
export class AlertFacts {
  readonly rows = new Map<string, TaskDeadlines>();
  readonly written: Written[] = [];
  failures = 0;

  readonly activities: AlertTaskActivities = {
    readTask: async (alertId) => this.rowOf(alertId),
    recordAcknowledgement: async (alertId, { by, at }) =>
      this.write(
        { alertId, what: 'acknowledged', by, at },
        { stage: 'acknowledged', acknowledgedBy: by, acknowledgedAt: at },
      ),
    recordClosure: async (alertId, { by, at, outcome }) =>
      this.write({ alertId, what: 'closed', by, at }, { stage: 'closed', closedBy: by, closedAt: at, outcome }),
    recordEscalation: async (alertId, rung, at) => this.write({ alertId, what: 'escalated', rung, at }, { rung }),
  };

  readonly writtenOf = (alertId: string): readonly Written[] => this.written.filter((each) => each.alertId === alertId);

  private rowOf(alertId: string): TaskDeadlines {
    const row = this.rows.get(alertId);
    if (row === undefined) throw ApplicationFailure.nonRetryable('no such alert', 'alert-not-found');
    return row;
  }

  private write(entry: Written, change: Partial<TaskState>): void {
    if (this.failures-- > 0) throw new Error('the database is away');
    const row = this.rowOf(entry.alertId);
    this.rows.set(entry.alertId, { ...row, state: { ...row.state, ...change } });
    this.written.push(entry);
  }
}
