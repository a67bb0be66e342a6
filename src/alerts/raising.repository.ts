import { randomBytes, randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { Owner } from '../../workflows/alert-task/routing.rules';

/** A notice that has no alert yet, with what routing needs to know of its plan. */
export interface OpenNotice {
  readonly id: string;
  /** Null when the notice concerns a newborn. */
  readonly planId: string | null;
  /** NHS number of the plan now: the right one is shown in the alert (domain 9); of a newborn its own. */
  readonly subject: string;
  readonly workerRef: string | null;
  readonly teamRef: string | null;
  readonly accessAt: Date;
  readonly dueAt: Date;
}

/** Why an alert is raised that tells of no access; one per kind, cause and plan. */
export interface Occasion {
  readonly kind: 'birth' | 'loss';
  readonly cause: string;
  readonly planId: string;
  readonly newbornId: string;
}

export interface AlertToRaise {
  readonly authority: string;
  readonly slot: string;
  readonly subject: string;
  readonly owner: Owner;
  readonly because: string;
  readonly at: Date;
  readonly dueAt: Date;
  readonly lateBecause: string | null;
  readonly notices: readonly OpenNotice[];
}

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** A reference that may stand in an e-mail: it says nothing (domain 14). */
const newReference = (): string => {
  const letters = [...randomBytes(8)].map((byte) => alphabet[byte % 32]).join('');
  return `AL-${letters.slice(0, 4)}-${letters.slice(4)}`;
};
const ids = (notices: readonly OpenNotice[]): string => `{${notices.map((notice) => notice.id).join(',')}}`;

/** The only writer of what an alert is made of. Alert and notices commit together; one without a notice is not made. */
@Injectable()
export class RaisingRepository {
  /** Puts every unclaimed notice of the authority under the slot. Returns how many carry it, however often it is called. */
  async claim(em: EntityManager, authority: string, slot: string): Promise<number> {
    await em.execute('update notice set slot = ? where authority = ? and slot is null and alert_id is null', [
      slot,
      authority,
    ]);
    const [row] = await em.execute<{ claimed: number }[]>(
      'select count(*)::int as claimed from notice where authority = ? and slot = ?',
      [authority, slot],
    );
    return row?.claimed ?? 0;
  }

  /** Authorities that have notices without an alert due by then, claimed by a batch or not. */
  async findDue(em: EntityManager, by: Date): Promise<string[]> {
    const rows = await em.execute<{ authority: string }[]>(
      'select distinct authority from notice where alert_id is null and due_at <= ?',
      [by],
    );
    return rows.map((row) => row.authority);
  }

  /** The watchdog takes what is due, also out of a batch that did not finish. */
  async takeDue(em: EntityManager, authority: string, by: Date): Promise<string[]> {
    const rows = await em.execute<{ slot: string }[]>(
      `with due as (
         select id, 'watchdog/' || to_char(due_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24') as slot from notice
         where authority = ? and alert_id is null and due_at <= ? for update skip locked
       )
       update notice set slot = due.slot from due where notice.id = due.id returning notice.slot`,
      [authority, by],
    );
    return [...new Set(rows.map((row) => row.slot))];
  }

  /** Locks the open notices of at most `limit` subjects under the slot. */
  async lockOpen(em: EntityManager, authority: string, slot: string, limit: number): Promise<OpenNotice[]> {
    return em.execute<OpenNotice[]>(
      `select n.id::text as id, n.plan_id as "planId", coalesce(b.nhs_number, p.nhs_number) as subject,
         p.worker_ref as "workerRef", p.team_ref as "teamRef", n.access_at as "accessAt", n.due_at as "dueAt"
       from notice n left join newborn b on b.id = n.newborn_id join plan p on p.id = coalesce(n.plan_id, b.plan_id)
       where n.authority = ? and n.slot = ? and n.alert_id is null and coalesce(b.nhs_number, p.nhs_number) in (
         select distinct coalesce(c.nhs_number, q.nhs_number) as subject
         from notice m left join newborn c on c.id = m.newborn_id join plan q on q.id = coalesce(m.plan_id, c.plan_id)
         where m.authority = ? and m.slot = ? and m.alert_id is null order by subject limit ?)
       order by subject, n.access_at for update of n skip locked`,
      [authority, slot, authority, slot, limit],
    );
  }

  async countOpen(em: EntityManager, authority: string, slot: string): Promise<number> {
    const [row] = await em.execute<{ left: number }[]>(
      'select count(*)::int as "left" from notice where authority = ? and slot = ? and alert_id is null',
      [authority, slot],
    );
    return row?.left ?? 0;
  }

  /**
   * Makes the alert and ties the notices to it. The same slot again joins the alert that is there while nobody has
   * seen it; once seen, the later notices get an alert of their own, so that none hides in what was read before.
   */
  async raise(em: EntityManager, alert: AlertToRaise): Promise<{ alertId: string; isNew: boolean }> {
    for (let turn = 1; ; turn += 1) {
      const slot = turn === 1 ? alert.slot : `${alert.slot}/${turn}`;
      const made = await this.insert(em, alert, slot);
      const alertId = made ?? (await this.findUnseen(em, alert, slot));
      if (alertId === undefined) continue;
      await em.execute('update notice set alert_id = ? where id = any(?::bigint[]) and alert_id is null', [
        alertId,
        ids(alert.notices),
      ]);
      return { alertId, isNew: made !== undefined };
    }
  }

  /** Makes the alert of an occasion; undefined when it was made before. */
  raiseFor(em: EntityManager, alert: AlertToRaise, occasion: Occasion): Promise<string | undefined> {
    return this.insert(em, alert, alert.slot, occasion);
  }

  private async insert(
    em: EntityManager,
    alert: AlertToRaise,
    slot: string,
    occasion?: Occasion,
  ): Promise<string | undefined> {
    const [row] = await em.execute<{ id: string }[]>(
      `insert into alert (id, reference, authority, subject, slot, owner_kind, owner_ref, because, raised_at, due_at, late_because,
         kind, cause, plan_id, newborn_id)
       values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing returning id`,
      [
        randomUUID(),
        newReference(),
        alert.authority,
        alert.subject,
        slot,
        alert.owner.kind,
        refOf(alert.owner),
        alert.because,
        alert.at,
        alert.dueAt,
        alert.lateBecause,
        occasion?.kind ?? 'access',
        occasion?.cause ?? null,
        occasion?.planId ?? null,
        occasion?.newbornId ?? null,
      ],
    );
    return row?.id;
  }

  private async findUnseen(em: EntityManager, alert: AlertToRaise, slot: string): Promise<string | undefined> {
    const [row] = await em.execute<{ id: string }[]>(
      `select id from alert where authority = ? and subject = ? and owner_kind = ? and owner_ref = ? and slot = ?
         and stage = 'open' and due_at <= ? for update`,
      [alert.authority, alert.subject, alert.owner.kind, refOf(alert.owner), slot, alert.dueAt],
    );
    return row?.id;
  }
}

/** The duty desk is a queue that always exists: it has no reference of its own. */
export const refOf = (owner: Owner): string => ('ref' in owner ? owner.ref : '');
