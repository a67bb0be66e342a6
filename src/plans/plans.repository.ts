import { Injectable } from '@nestjs/common';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { PlanDates } from '../../workflows/child-plan/visibility.rules';
import { Database } from '../platform/database/database';

/** A plan as it stands. Days are London ISO dates; `state` is null when it is out of sight. */
export interface StoredPlan {
  readonly id: string;
  readonly authority: string;
  readonly localId: string;
  readonly type: PlanDates['type'];
  readonly nhsNumber: string;
  readonly formerNumbers: readonly string[];
  readonly familyName: string;
  readonly givenName: string;
  readonly birthDate: string;
  readonly startDate: string;
  readonly endDate: string | null;
  readonly endReason: NonNullable<PlanDates['endReason']> | null;
  readonly expectedDeliveryDate: string | null;
  readonly workerRef: string | null;
  readonly teamRef: string | null;
  readonly version: number;
  readonly state: 'active' | 'ended' | 'expired-unresolved' | null;
  readonly recordedAt: Date;
  readonly changedAt: Date;
}

export interface StoredEvent {
  readonly version: number;
  readonly kind: string;
  readonly at: Date;
  readonly by: string;
  readonly uploadSequence: number | null;
  readonly was: Readonly<Record<string, unknown>> | null;
  readonly became: Readonly<Record<string, unknown>> | null;
}

const selectPlan = `
  select p.id, p.authority, p.local_id as "localId", p.type, p.nhs_number as "nhsNumber",
    array(select n.nhs_number from plan_number n where n.plan_id = p.id and n.state = 'former-unconfirmed' order by n.since)
      as "formerNumbers",
    p.family_name as "familyName", p.given_name as "givenName", p.birth_date::text as "birthDate",
    p.start_date::text as "startDate", p.end_date::text as "endDate", p.end_reason as "endReason",
    p.expected_delivery_date::text as "expectedDeliveryDate", p.worker_ref as "workerRef", p.team_ref as "teamRef",
    p.version, plan_state(p.type, p.end_date, p.end_reason, p.expected_delivery_date, p.birth_date, ?::date) as state,
    p.recorded_at as "recordedAt", p.changed_at as "changedAt"
  from plan p`;

/** Reads plans; what changes them is merging.repository.ts. */
@Injectable()
export class PlansRepository {
  constructor(private readonly database: Database) {}

  /** `today` is the London day that its state is told for. */
  async findByLocalId(authority: string, localId: string, today: string): Promise<StoredPlan | undefined> {
    const [plan] = await this.database.as(authority, (em) =>
      em.execute<StoredPlan[]>(`${selectPlan} where p.authority = ? and p.local_id = ?`, [today, authority, localId]),
    );
    return plan;
  }

  /** Whosever it is: for the plan's own process, which knows nothing but its opaque id. */
  async findById(planId: string, today: string): Promise<StoredPlan | undefined> {
    const [plan] = await this.database.everything((em) =>
      em.execute<StoredPlan[]>(`${selectPlan} where p.id = ?::uuid`, [today, planId]),
    );
    return plan;
  }

  /** Its append-only history, oldest first. */
  findEvents(plan: StoredPlan): Promise<StoredEvent[]> {
    return this.database.as(plan.authority, (em: EntityManager) =>
      em.execute<StoredEvent[]>(
        `select version, kind, at, by, upload_sequence as "uploadSequence", was, became
         from plan_event where plan_id = ?::uuid order by version, id`,
        [plan.id],
      ),
    );
  }
}
