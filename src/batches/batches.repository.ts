import { Injectable } from '@nestjs/common';
import type { EntityManager } from '@mikro-orm/postgresql';

export interface BatchRow {
  readonly slot: string;
  readonly startedAt: Date;
  readonly finishedAt: Date | null;
  readonly notices: number;
  readonly alerts: number;
}

@Injectable()
export class BatchesRepository {
  /** Opening twice is opening once. */
  async open(em: EntityManager, authority: string, slot: string, at: Date): Promise<void> {
    await em.execute('insert into batch (authority, slot, started_at) values (?, ?, ?) on conflict do nothing', [
      authority,
      slot,
      at,
    ]);
  }

  async finish(
    em: EntityManager,
    batch: { authority: string; slot: string; notices: number; alerts: number; at: Date },
  ): Promise<void> {
    await em.execute(
      `update batch set finished_at = coalesce(finished_at, ?), notices = greatest(notices, ?), alerts = greatest(alerts, ?)
       where authority = ? and slot = ?`,
      [batch.at, batch.notices, batch.alerts, batch.authority, batch.slot],
    );
  }

  async find(em: EntityManager, authority: string, slot: string): Promise<BatchRow | undefined> {
    const [row] = await em.execute<BatchRow[]>(
      `select slot, started_at as "startedAt", finished_at as "finishedAt", notices, alerts from batch where authority = ? and slot = ?`,
      [authority, slot],
    );
    return row;
  }

  /** Authorities with a plan, and the London hour of their morning batch. */
  async findScheduled(em: EntityManager): Promise<{ authority: string; morningHour: string }[]> {
    return em.execute(
      `select gss as authority, to_char(morning_hour, 'HH24:MI') as "morningHour" from authority a
       where exists (select from plan p where p.authority = a.gss) order by gss`,
    );
  }

  /** Seconds since each authority's last finished batch. */
  async findAges(em: EntityManager, now: Date): Promise<{ authority: string; seconds: number }[]> {
    return em.execute(
      `select authority, extract(epoch from (?::timestamptz - max(finished_at)))::float8 as seconds
       from batch where finished_at is not null group by authority`,
      [now],
    );
  }
}
