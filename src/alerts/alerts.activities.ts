import { Injectable } from '@nestjs/common';
import { workingDayAfter } from '../../workflows/alert-task/working-days.rules';
import type {
  Act,
  AlertsActivities,
  BirthReminder,
  Outcome,
  Rung,
  TaskDeadlines,
  TaskState,
} from '../../workflows/alert-task/contract';
import { AuthoritiesService } from '../authorities/authorities.service';
import { londonDay, londonInstant } from '../platform/clock';
import { Database } from '../platform/database/database';
import type { Alert } from './alert.entity';
import { AlertHistoryRepository } from './alert-history.repository';
import { AlertsRepository } from './alerts.repository';
import { BirthRaising } from './birth-raising.service';
import { RaisingRepository } from './raising.repository';
import { RaisingService } from './raising.service';

/** The end of the working day, London: an alert not seen by then moves to the next rung (domain 11). */
const endOfWorkingDay = '17:00';

/** What the alert's processes do to rows. Each act is idempotent and one transaction. */
@Injectable()
export class AlertsActivitiesOfPostgres implements AlertsActivities {
  constructor(
    private readonly database: Database,
    private readonly repository: AlertsRepository,
    private readonly raising: RaisingService,
    private readonly raisingRows: RaisingRepository,
    private readonly births: BirthRaising,
    private readonly history: AlertHistoryRepository,
    private readonly authorities: AuthoritiesService,
  ) {}

  async raiseAlerts(batch: {
    authority: string;
    slot: string;
    limit: number;
  }): Promise<{ raised: number; left: number }> {
    const directory = await this.raising.directoryOf(batch.authority);
    return this.database.everything(async (em) => {
      const raised = await this.raising.raiseSome(em, { ...batch, directory });
      return { raised, left: await this.raisingRows.countOpen(em, batch.authority, batch.slot) };
    });
  }

  async raiseBirthAlerts(planId: string): Promise<{ raised: number }> {
    return { raised: await this.births.raise({ planId }) };
  }

  async raiseBirthReminder(reminder: BirthReminder): Promise<void> {
    await this.births.remind(reminder);
  }

  async readTask(alertId: string): Promise<TaskDeadlines> {
    const holidays = new Set(await this.authorities.bankHolidays());
    return this.database.everything(async (em) => {
      const alert = await this.repository.get(em, alertId);
      const raisedOn = londonDay(alert.raisedAt.getTime());
      const closeOf = (days: number): number =>
        londonInstant(workingDayAfter(raisedOn, holidays, days), endOfWorkingDay);
      return {
        managerAt: closeOf(1),
        dutyDeskAt: closeOf(2),
        causedBy: await this.repository.findCausers(em, alertId),
        state: stateOf(alert),
      };
    });
  }

  async recordAcknowledgement(alertId: string, { by, at }: Act): Promise<void> {
    await this.database.everything(async (em) => {
      const { authority } = await this.repository.get(em, alertId);
      if (await this.repository.markAcknowledged(em, alertId, by, new Date(at))) {
        await this.history.write(em, { alertId, authority, kind: 'acknowledged', at: new Date(at), by });
        await this.history.markSeen(em, alertId, new Date(at));
      }
    });
  }

  async recordClosure(alertId: string, closure: Act & { outcome: Outcome; note?: string }): Promise<void> {
    const { by, outcome, note } = closure;
    const at = new Date(closure.at);
    await this.database.everything(async (em) => {
      const { authority } = await this.repository.get(em, alertId);
      if (await this.repository.markClosed(em, alertId, { by, at, outcome, note })) {
        await this.history.write(em, { alertId, authority, kind: 'closed', at, by, detail: { outcome } });
        await this.history.markSeen(em, alertId, at);
      }
    });
  }

  async recordEscalation(alertId: string, rung: Rung, at: number): Promise<void> {
    await this.database.everything(async (em) => {
      const { authority } = await this.repository.get(em, alertId);
      if (await this.repository.moveTo(em, alertId, rung))
        await this.history.write(em, {
          alertId,
          authority,
          kind: 'escalated',
          at: new Date(at),
          by: 'not seen in time',
          detail: { rung },
        });
    });
  }
}

function stateOf(alert: Alert): TaskState {
  return {
    schemaVersion: 1,
    stage: alert.stage,
    rung: alert.rung,
    ...(alert.seenAt && { seenAt: alert.seenAt.getTime() }),
    ...(alert.acknowledgedAt && { acknowledgedAt: alert.acknowledgedAt.getTime() }),
    ...(alert.acknowledgedBy && { acknowledgedBy: alert.acknowledgedBy }),
    ...(alert.closedAt && { closedAt: alert.closedAt.getTime() }),
    ...(alert.closedBy && { closedBy: alert.closedBy }),
    ...(alert.outcome && { outcome: alert.outcome as Outcome }),
  };
}
