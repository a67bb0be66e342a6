import { Injectable } from '@nestjs/common';
import type { EntityManager } from '@mikro-orm/postgresql';
import { routeTo, type Directory } from '../../workflows/alert-task/routing.rules';
import { PeopleService } from '../people/people.service';
import { Clock } from '../platform/clock';
import { Outbox } from '../platform/outbox/outbox';
import { AlertHistoryRepository } from './alert-history.repository';
import { RaisingRepository, type AlertToRaise, type OpenNotice } from './raising.repository';

interface Slot {
  readonly authority: string;
  readonly slot: string;
}

/**
 * Turns notices into alerts, for the batch and for the watchdog alike.
 * Promises: every notice it is given is in exactly one alert, with an owner, when its transaction commits.
 * Never: decides by anything but the routing rule, or makes an alert without a notice.
 */
@Injectable()
export class RaisingService {
  constructor(
    private readonly repository: RaisingRepository,
    private readonly history: AlertHistoryRepository,
    private readonly people: PeopleService,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** Puts the authority's unclaimed notices under the slot; claiming twice claims the same. Returns how many carry it. */
  claim(em: EntityManager, authority: string, slot: string): Promise<number> {
    return this.repository.claim(em, authority, slot);
  }

  /** The people and teams that routing looks at, read before the transaction that raises. */
  directoryOf(authority: string): Promise<Directory> {
    return this.people.directory(authority);
  }

  /** Raises for at most `limit` subjects of the slot, in the transaction of `em`. Returns how many alerts are new. */
  async raiseSome(em: EntityManager, run: Slot & { directory: Directory; limit: number }): Promise<number> {
    const { authority, slot, directory, limit } = run;
    const open = await this.repository.lockOpen(em, authority, slot, limit);
    let raised = 0;
    for (const alert of alertsOf(open, directory, { authority, slot, at: this.clock.instant() })) {
      const { alertId, isNew } = await this.repository.raise(em, alert);
      await this.record(em, alert, alertId, isNew);
      raised += isNew ? 1 : 0;
    }
    return raised;
  }

  private async record(em: EntityManager, alert: AlertToRaise, alertId: string, isNew: boolean): Promise<void> {
    const { authority, at } = alert;
    await this.history.write(em, {
      alertId,
      authority,
      kind: isNew ? 'raised' : 'accesses-added',
      at,
      by: alert.slot,
      detail: { owner: alert.owner.kind, notices: alert.notices.length, late: alert.lateBecause !== null },
    });
    if (isNew) {
      await this.history.deliverToWorklist(em, alertId, authority, at);
      await this.outbox.tell(em, { topic: 'alert-task', key: alertId, authority, event: { kind: 'raised' } });
    }
    for (const planId of new Set(alert.notices.flatMap((notice) => notice.planId ?? [])))
      await this.outbox.tell(em, { topic: 'child-plan', key: planId, authority, event: { kind: 'alerted', alertId } });
  }
}

type Run = Pick<AlertToRaise, 'authority' | 'slot' | 'at'>;

/** One alert per subject and owner (design.md); a mother's own plan and her unborn's may have different owners (domain 11). */
export function alertsOf(notices: readonly OpenNotice[], directory: Directory, run: Run): AlertToRaise[] {
  const alerts = new Map<string, AlertToRaise & { notices: OpenNotice[] }>();
  for (const notice of notices) {
    const { owner, because } = routeTo(
      { workerRef: notice.workerRef ?? undefined, teamRef: notice.teamRef ?? undefined },
      directory,
    );
    const key = JSON.stringify([notice.subject, owner]);
    const known = alerts.get(key);
    if (known) known.notices.push(notice);
    else
      alerts.set(key, {
        ...run,
        subject: notice.subject,
        owner,
        because,
        dueAt: notice.dueAt,
        lateBecause: null,
        notices: [notice],
      });
  }
  return [...alerts.values()].map(withDueTime);
}

function withDueTime(alert: AlertToRaise): AlertToRaise {
  const dueAt = new Date(Math.min(...alert.notices.map((notice) => new Date(notice.dueAt).getTime())));
  const late = alert.at > dueAt;
  return {
    ...alert,
    dueAt,
    lateBecause: late ? 'No batch and no watchdog ran between the access and its hour.' : null,
  };
}
