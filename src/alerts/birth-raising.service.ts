import { Injectable } from '@nestjs/common';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { BirthReminder } from '../../workflows/alert-task/contract';
import { routeTo, type Directory, type Route } from '../../workflows/alert-task/routing.rules';
import { reminderRoute } from '../../workflows/birth-transfer/reminder-routing.rules';
import type { BirthToAlert, WhichBirths } from '../births/birth-to-alert';
import { NewbornsService } from '../births/newborns.service';
import { PeopleService } from '../people/people.service';
import { Clock } from '../platform/clock';
import { Database } from '../platform/database/database';
import { Outbox } from '../platform/outbox/outbox';
import { AlertHistoryRepository } from './alert-history.repository';
import { RaisingRepository, type AlertToRaise, type Occasion } from './raising.repository';

const answerWithinMs = 24 * 3_600_000;

/**
 * Turns births into alerts, for the transfer and for the watchdog alike (domain 7, 11). Promises: one alert per newborn,
 * with an owner, in the same transaction as its history; a loss is never asked for a plan. Never: raises one twice.
 */
@Injectable()
export class BirthRaising {
  constructor(
    private readonly database: Database,
    private readonly rows: RaisingRepository,
    private readonly history: AlertHistoryRepository,
    private readonly newborns: NewbornsService,
    private readonly people: PeopleService,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** Raises what has no alert: of one unborn plan, or what is due by then. Returns how many alerts are new. */
  async raise(which: WhichBirths): Promise<number> {
    const authorities = await this.database.everything((em) => this.newborns.findToAlert(em, which));
    const directories = new Map<string, Directory>();
    for (const authority of authorities) directories.set(authority, await this.people.directory(authority));
    if (authorities.length === 0) return 0;
    return this.database.everything(async (em) => {
      let raised = 0;
      for (const birth of await this.newborns.lockToAlert(em, which))
        raised += await this.raiseFirst(em, birth, directories.get(birth.authority));
      return raised;
    });
  }

  /** A birth of an authority that came since is left for the next look. */
  private async raiseFirst(em: EntityManager, birth: BirthToAlert, directory?: Directory): Promise<number> {
    if (!directory) return 0;
    const route = routeTo(allocationOf(birth), directory);
    const isNew = await this.raiseOne(em, birth, { cause: birth.newbornId, dueAt: new Date(birth.dueAt), route });
    await this.newborns.markAlerted(em, birth.newbornId);
    return isNew ? 1 : 0;
  }

  /** One more alert about a birth that nobody answered; the same reminder twice is one. */
  async remind({ newbornId, to, at }: BirthReminder): Promise<void> {
    const birth = await this.database.everything((em) => this.newborns.findToRemind(em, newbornId));
    if (!birth) return;
    const route = reminderRoute(to, allocationOf(birth), await this.people.directory(birth.authority));
    const dueAt = new Date(at + answerWithinMs);
    await this.database.everything((em) => this.raiseOne(em, birth, { cause: `${newbornId}/${to}`, dueAt, route }));
  }

  private async raiseOne(
    em: EntityManager,
    birth: BirthToAlert,
    { cause, dueAt, route }: { cause: string; dueAt: Date; route: Route },
  ): Promise<boolean> {
    const kind = birth.state === 'not-expected' ? 'loss' : 'birth';
    const occasion: Occasion = { kind, cause, planId: birth.planId, newbornId: birth.newbornId };
    const alert = alertOf(birth, { slot: `${kind}/${cause}/${birth.planId}`, at: this.clock.instant(), dueAt, route });
    const alertId = await this.rows.raiseFor(em, alert, occasion);
    if (alertId === undefined) return false;
    const { authority, at } = alert;
    const detail = { owner: route.owner.kind, about: kind, late: alert.lateBecause !== null };
    await this.history.write(em, { alertId, authority, kind: 'raised', at, by: alert.slot, detail });
    await this.history.deliverToWorklist(em, alertId, authority, at);
    await this.outbox.tell(em, { topic: 'alert-task', key: alertId, authority, event: { kind: 'raised' } });
    return true;
  }
}

const allocationOf = ({ workerRef, teamRef }: BirthToAlert) => ({
  workerRef: workerRef ?? undefined,
  teamRef: teamRef ?? undefined,
});

function alertOf(
  { authority, nhsNumber }: BirthToAlert,
  { slot, at, dueAt, route }: { slot: string; at: Date; dueAt: Date; route: Route },
): AlertToRaise {
  const lateBecause = at > dueAt ? 'Nobody raised it between the notification and its hour.' : null;
  const { owner, because } = route;
  return { authority, slot, subject: nhsNumber, owner, because, at, dueAt, lateBecause, notices: [] };
}
