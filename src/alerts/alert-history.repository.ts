import { Injectable } from '@nestjs/common';
import type { EntityManager } from '@mikro-orm/postgresql';

export interface AlertHappening {
  readonly alertId: string;
  readonly authority: string;
  readonly kind: 'raised' | 'accesses-added' | 'seen' | 'acknowledged' | 'escalated' | 'closed';
  readonly at: Date;
  /** A person's id, a slot, or the rung's clock. */
  readonly by: string;
  readonly detail?: Readonly<Record<string, unknown>>;
}

/** The append-only history of alerts, and their deliveries with the three clocks (domain 13; P7). */
@Injectable()
export class AlertHistoryRepository {
  /** The same happening twice is one. */
  async write(em: EntityManager, { alertId, authority, kind, at, by, detail = {} }: AlertHappening): Promise<void> {
    await em.execute(
      `insert into alert_event (alert_id, authority, kind, at, by, detail) values (?, ?, ?, ?, ?, ?::jsonb)
       on conflict (alert_id, kind, at, by) do nothing`,
      [alertId, authority, kind, at, by, JSON.stringify(detail)],
    );
  }

  /** The worklist is the authority's own system here: sent and received at once, seen when a person opens it. */
  async deliverToWorklist(em: EntityManager, alertId: string, authority: string, at: Date): Promise<void> {
    await em.execute(
      `insert into delivery (alert_id, authority, channel, attempts, first_attempt_at, sent_at, received_at)
       values (?, ?, 'worklist', 1, ?, ?, ?) on conflict (alert_id, channel) do nothing`,
      [alertId, authority, at, at, at],
    );
  }

  async markSeen(em: EntityManager, alertId: string, at: Date): Promise<void> {
    await em.execute(
      `update delivery set seen_at = ? where alert_id = ? and channel = 'worklist' and seen_at is null`,
      [at, alertId],
    );
  }
}
