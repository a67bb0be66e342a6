import { Injectable } from '@nestjs/common';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { Outcome, Rung } from '../../workflows/alert-task/contract';
import { AlertEntity, type Alert } from './alert.entity';

/** Which alerts of an authority a caller may see and act on. Refs are the authority's own. */
export interface Reach {
  readonly everything: boolean;
  readonly workers: readonly string[];
  readonly teams: readonly string[];
}

const refs = (values: readonly string[]): string => `{${values.map((value) => JSON.stringify(value)).join(',')}}`;
const within = `(? or (owner_kind = 'worker' and owner_ref = any(?::text[])) or (owner_kind = 'team' and owner_ref = any(?::text[])))`;
const reachOf = (reach: Reach): unknown[] => [reach.everything, refs(reach.workers), refs(reach.teams)];

@Injectable()
export class AlertsRepository {
  /** Undefined when it is not there or not within reach: one answer. */
  async find(em: EntityManager, alertId: string, reach: Reach): Promise<Alert | undefined> {
    const [row] = await em.execute<{ id: string }[]>(`select id from alert where id = ? and ${within}`, [
      alertId,
      ...reachOf(reach),
    ]);
    return row && this.get(em, alertId);
  }

  async get(em: EntityManager, alertId: string): Promise<Alert> {
    return em.findOneOrFail(AlertEntity, { id: alertId }, { refresh: true });
  }

  /** Newest last hour first: open ones by when they were due, then closed ones by when they were closed. */
  async findIds(em: EntityManager, reach: Reach, limit: number): Promise<string[]> {
    const rows = await em.execute<{ id: string }[]>(
      `select id from alert where ${within} order by stage = 'closed', closed_at desc nulls first, due_at limit ?`,
      [...reachOf(reach), limit],
    );
    return rows.map((row) => row.id);
  }

  async markSeen(em: EntityManager, alertId: string, by: string, at: Date): Promise<boolean> {
    const rows = await em.execute<unknown[]>(
      `update alert set stage = 'seen', seen_at = ?, seen_by = ? where id = ? and stage = 'open' returning id`,
      [at, by, alertId],
    );
    return rows.length > 0;
  }

  async markAcknowledged(em: EntityManager, alertId: string, by: string, at: Date): Promise<boolean> {
    const rows = await em.execute<unknown[]>(
      `update alert set stage = 'acknowledged', acknowledged_at = ?, acknowledged_by = ?,
         seen_at = coalesce(seen_at, ?), seen_by = coalesce(seen_by, ?)
       where id = ? and stage in ('open', 'seen') returning id`,
      [at, by, at, by, alertId],
    );
    return rows.length > 0;
  }

  async markClosed(
    em: EntityManager,
    alertId: string,
    closure: { by: string; at: Date; outcome: Outcome; note: string | undefined },
  ): Promise<boolean> {
    const { by, at, outcome, note } = closure;
    const rows = await em.execute<unknown[]>(
      `update alert set stage = 'closed', closed_at = ?, closed_by = ?, outcome = ?, closing_note = ?,
         seen_at = coalesce(seen_at, ?), seen_by = coalesce(seen_by, ?),
         acknowledged_at = coalesce(acknowledged_at, ?), acknowledged_by = coalesce(acknowledged_by, ?)
       where id = ? and stage <> 'closed' returning id`,
      [at, by, outcome, note ?? null, at, by, at, by, alertId],
    );
    return rows.length > 0;
  }

  async moveTo(em: EntityManager, alertId: string, rung: Rung): Promise<boolean> {
    const rows = await em.execute<unknown[]>(
      `update alert set rung = ? where id = ? and stage = 'open' and rung <> ? returning id`,
      [rung, alertId, rung],
    );
    return rows.length > 0;
  }

  /** Ids of the people and clinicians whose accesses the alert tells of (domain 14). */
  async findCausers(em: EntityManager, alertId: string): Promise<string[]> {
    const rows = await em.execute<{ who: string }[]>(
      `select distinct who.id as who from notice n join access a on a.at = n.access_at and a.id = n.access_id
       cross join lateral (values (a.clinician_id), (regexp_replace(a.client, '^person:', ''))) who(id)
       where n.alert_id = ?`,
      [alertId],
    );
    return rows.map((row) => row.who);
  }
}
