import { Injectable } from '@nestjs/common';
import type { EntityManager } from '@mikro-orm/postgresql';

export interface UntoldFact {
  readonly id: string;
  readonly topic: string;
  readonly key: string;
  readonly authority: string;
  readonly createdAt: Date;
  readonly attempts: number;
}
export interface LoneNotice {
  readonly id: string;
  readonly authority: string;
  readonly dueAt: Date;
  readonly slot: string | null;
}
export interface OpenAlert {
  readonly id: string;
  readonly reference: string;
  readonly authority: string;
}

/** Reads across the whole product, for reconciling; opaque ids alone. */
@Injectable()
export class DoctorRepository {
  findUntold(em: EntityManager): Promise<UntoldFact[]> {
    return em.execute(
      `select id::text, topic, key, authority, created_at as "createdAt", attempts from outbox
       where told_at is null order by id`,
    );
  }

  findWithoutAlert(em: EntityManager): Promise<LoneNotice[]> {
    return em.execute(
      `select id::text, authority, due_at as "dueAt", slot from notice where alert_id is null order by due_at`,
    );
  }

  findOpenAlerts(em: EntityManager): Promise<OpenAlert[]> {
    return em.execute(`select id, reference, authority from alert where stage <> 'closed' order by due_at`);
  }

  /** Alerted accesses that found a plan and have no notice at all: the check's statement makes this impossible. */
  async countWithoutNotice(em: EntityManager): Promise<number> {
    const [row] = await em.execute<{ count: number }[]>(
      `select count(*)::int as count from access a where a.answer <> 'no-plan' and not a.silent
         and not exists (select from notice n where n.access_id = a.id)`,
    );
    return row?.count ?? 0;
  }
}
