import { Injectable } from '@nestjs/common';
import type { EntityManager } from '@mikro-orm/postgresql';
import { NewbornsService } from '../births/newborns.service';
import { PeopleService } from '../people/people.service';
import { Clock } from '../platform/clock';
import { Database } from '../platform/database/database';
import { Outbox } from '../platform/outbox/outbox';
import { Problem } from '../platform/problems/problem';
import type { Caller } from '../platform/sign-in/caller';
import { ownScope } from '../platform/sign-in/scope';
import type { Alert } from './alert.entity';
import { AlertHistoryRepository } from './alert-history.repository';
import { AlertReadingRepository } from './alert-reading.repository';
import { AlertTasks } from './alert-tasks';
import { isAsked } from './asked';
import { summaryOf, viewOf } from './alert-view';
import type { AlertSummary, AlertView, Closure } from './alert.schema';
import { AlertsRepository, type Reach } from './alerts.repository';

const listed = 500;
const accessesShown = 200;

/**
 * What an owner does with an alert. Promises: nobody sees an alert out of their reach, "not there" and "not yours" are
 * one answer; "seen" is stored at once, decisions are made by the alert's own task. Never: decides in its place.
 */
@Injectable()
export class AlertsService {
  constructor(
    private readonly database: Database,
    private readonly repository: AlertsRepository,
    private readonly reading: AlertReadingRepository,
    private readonly history: AlertHistoryRepository,
    private readonly newborns: NewbornsService,
    private readonly people: PeopleService,
    private readonly tasks: AlertTasks,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** The alerts within the caller's reach: open ones by their hour, then closed ones, newest first. */
  async list(caller: Caller): Promise<AlertSummary[]> {
    const reach = await this.reachOf(caller);
    return this.database.as(ownScope(caller), async (em) => {
      const ids = await this.repository.findIds(em, reach, listed);
      const [alerts, plans, counted] = [
        await this.reading.findAlerts(em, ids),
        await this.reading.findPlans(em, ids),
        await this.reading.countAccesses(em, ids),
      ];
      return alerts.map((alert) => {
        const own = plans.filter((plan) => plan.alertId === alert.id);
        return summaryOf(alert, own, counted.get(alert.id));
      });
    });
  }

  /** Rejects with `alert-not-found`. */
  async get(caller: Caller, alertId: string): Promise<AlertView> {
    const reach = await this.reachOf(caller);
    return this.database.as(ownScope(caller), async (em) => {
      await this.getWithin(em, reach, alertId);
      return this.view(em, caller, alertId);
    });
  }

  /** A fact, when the alert asks this caller now: stored first, then told to the task. Seeing twice is once. */
  async see(caller: Caller, alertId: string): Promise<AlertView> {
    const reach = await this.reachOf(caller);
    return this.database.as(ownScope(caller), async (em) => {
      const { authority, ownerKind: kind, ownerRef: ref, rung } = await this.getWithin(em, reach, alertId);
      const at = this.clock.instant();
      const sees = isAsked(caller, { owner: { kind, ref }, rung });
      if (sees && (await this.repository.markSeen(em, alertId, caller.id, at))) {
        await this.history.write(em, { alertId, authority, kind: 'seen', at, by: caller.id });
        await this.history.markSeen(em, alertId, at);
        await this.outbox.tell(em, {
          topic: 'alert-task',
          key: alertId,
          authority,
          event: { kind: 'seen', by: caller.id, at: at.getTime() },
        });
      }
      return this.view(em, caller, alertId);
    });
  }

  /** A decision of the alert's task. Rejects with `alert-already-closed`, `workflows-unavailable`. */
  async acknowledge(caller: Caller, alertId: string, requestId: string): Promise<AlertView> {
    const alert = await this.getFor(caller, alertId);
    if (alert.stage === 'closed') throw new Problem('alert-already-closed');
    await this.tasks.acknowledge(alert, { by: caller.id, at: this.clock.now() }, requestId);
    return this.get(caller, alertId);
  }

  /** A decision of the alert's task. Rejects with `alert-already-closed`, `alert-caused-by-caller`, `workflows-unavailable`. */
  async close(caller: Caller, alertId: string, { outcome, note }: Closure, requestId: string): Promise<AlertView> {
    const alert = await this.getFor(caller, alertId);
    if (alert.stage === 'closed') return this.sameClosure(caller, alert, outcome);
    const act = { by: caller.id, at: this.clock.now(), outcome, ...(note && { note }) };
    await this.tasks.close(alert, act, requestId);
    return this.get(caller, alertId);
  }

  private async sameClosure(caller: Caller, alert: Alert, outcome: string): Promise<AlertView> {
    if (alert.closedBy !== caller.id || alert.outcome !== outcome) throw new Problem('alert-already-closed');
    return this.get(caller, alert.id);
  }

  private async getFor(caller: Caller, alertId: string): Promise<Alert> {
    const reach = await this.reachOf(caller);
    return this.database.as(ownScope(caller), (em) => this.getWithin(em, reach, alertId));
  }

  private async getWithin(em: EntityManager, reach: Reach, alertId: string): Promise<Alert> {
    const known = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(alertId);
    const alert = known && (await this.repository.find(em, alertId, reach));
    if (!alert) throw new Problem('alert-not-found');
    return alert;
  }

  private async reachOf(caller: Caller): Promise<Reach> {
    if (caller.roles.includes('duty-desk')) return { everything: true, workers: [], teams: [] };
    const directory = await this.people.directory(ownScope(caller));
    const me = directory.people.find((person) => person.ref === caller.personRef);
    const managed = directory.teams.filter((team) => team.managerRef === me?.ref).map((team) => team.ref);
    const teams = [...managed, ...(me?.teamRef ? [me.teamRef] : [])];
    const led = directory.people.filter((person) => person.teamRef && managed.includes(person.teamRef));
    return { everything: false, workers: [...led.map((person) => person.ref), ...(me ? [me.ref] : [])], teams };
  }

  private async view(em: EntityManager, caller: Caller, alertId: string): Promise<AlertView> {
    const [alert] = await this.reading.findAlerts(em, [alertId]);
    if (!alert) throw new Problem('alert-not-found');
    const plans = await this.reading.findPlans(em, [alertId]);
    const accesses = await this.reading.findAccesses(em, plans, accessesShown);
    const counted = (await this.reading.countAccesses(em, [alertId])).get(alertId);
    const causers = await this.repository.findCausers(em, alertId);
    return viewOf({
      alert,
      plans,
      accesses,
      counted,
      newborn: alert.newbornId === null ? undefined : await this.newborns.find(em, alert.newbornId),
      happenings: await this.reading.findHappenings(em, alertId),
      causedByCaller: causers.includes(caller.id),
      mayAnswerBirths: caller.rights.includes('answer-births'),
      today: this.clock.today(),
    });
  }
}
