import { Injectable } from '@nestjs/common';
import type { EntityManager } from '@mikro-orm/postgresql';

export interface AlertRow {
  readonly id: string;
  readonly reference: string;
  readonly authority: string;
  readonly authorityName: string;
  readonly kind: 'access' | 'birth' | 'loss';
  readonly newbornId: string | null;
  readonly proceduresUrl: string | null;
  readonly ownerKind: 'worker' | 'team' | 'duty-desk';
  readonly ownerRef: string;
  readonly ownerName: string | null;
  readonly because: string;
  readonly stage: 'open' | 'seen' | 'acknowledged' | 'closed';
  readonly rung: 'owner' | 'manager' | 'duty-desk';
  readonly raisedAt: Date;
  readonly dueAt: Date;
  readonly lateBecause: string | null;
  readonly outcome: string | null;
  readonly closingNote: string | null;
  readonly closedBy: string | null;
  readonly sentAt: Date | null;
  readonly receivedAt: Date | null;
  readonly seenAt: Date | null;
}
export interface PlanOfAlert {
  readonly alertId: string;
  readonly planId: string;
  readonly type: 'CPP' | 'LAC' | 'UCPP';
  readonly nhsNumber: string;
  readonly familyName: string;
  readonly givenName: string;
  readonly birthDate: string;
  readonly startDate: string;
  readonly endDate: string | null;
  readonly endReason: string | null;
  readonly expectedDeliveryDate: string | null;
  /** Set when the alert tells of a newborn: the plan is then the mother's. */
  readonly newbornId: string | null;
  readonly newbornNumber: string | null;
}
export interface AccessOfAlert {
  readonly id: string;
  readonly at: Date;
  readonly organisation: string;
  readonly organisationName: string | null;
  readonly setting: string;
  readonly clinicianName: string;
  readonly clinicianRole: string;
  readonly silent: boolean;
  readonly flags: readonly string[] | null;
  readonly alertId: string | null;
}
export interface HappeningRow {
  readonly kind: string;
  readonly at: Date;
  readonly by: string;
  readonly byName: string | null;
  readonly detail: Readonly<Record<string, unknown>>;
}

const inList = (values: readonly string[]): string => `{${values.join(',')}}`;

/** What the list and the page of an alert read: PostgreSQL alone, within the scope of the transaction. */
@Injectable()
export class AlertReadingRepository {
  findAlerts(em: EntityManager, alertIds: readonly string[]): Promise<AlertRow[]> {
    return em.execute<AlertRow[]>(
      `select a.id, a.reference, a.authority, a.kind, a.newborn_id as "newbornId", u.name as "authorityName", u.procedures_url as "proceduresUrl",
         a.owner_kind as "ownerKind", a.owner_ref as "ownerRef", coalesce(w.name, t.name) as "ownerName", a.because,
         a.stage, a.rung, a.raised_at as "raisedAt", a.due_at as "dueAt", a.late_because as "lateBecause", a.outcome,
         a.closing_note as "closingNote", a.closed_by as "closedBy", d.sent_at as "sentAt", d.received_at as "receivedAt", d.seen_at as "seenAt"
       from unnest(?::uuid[]) with ordinality as wanted(id, place)
       join alert a on a.id = wanted.id join authority u on u.gss = a.authority
       left join person w on a.owner_kind = 'worker' and w.authority = a.authority and w.ref = a.owner_ref
       left join team t on a.owner_kind = 'team' and t.authority = a.authority and t.ref = a.owner_ref
       left join delivery d on d.alert_id = a.id and d.channel = 'worklist'
       order by wanted.place`,
      [inList(alertIds)],
    );
  }

  findPlans(em: EntityManager, alertIds: readonly string[]): Promise<PlanOfAlert[]> {
    return em.execute<PlanOfAlert[]>(
      `select told.alert_id as "alertId", p.id as "planId", p.type, p.nhs_number as "nhsNumber",
         p.family_name as "familyName", p.given_name as "givenName", p.birth_date::text as "birthDate",
         p.start_date::text as "startDate", p.end_date::text as "endDate", p.end_reason as "endReason",
         p.expected_delivery_date::text as "expectedDeliveryDate", b.id as "newbornId", b.nhs_number as "newbornNumber"
       from (
         select n.alert_id, n.plan_id, n.newborn_id from notice n where n.alert_id = any(?::uuid[])
         union select a.id, null, a.newborn_id from alert a where a.id = any(?::uuid[]) and a.kind <> 'access'
       ) told
       left join newborn b on b.id = told.newborn_id join plan p on p.id = coalesce(told.plan_id, b.plan_id)
       order by b.id nulls first, p.type, p.id`,
      [inList(alertIds), inList(alertIds)],
    );
  }

  /** Every access that found these subjects, newest first: those of this alert, of others, and silent reads. */
  findAccesses(em: EntityManager, plans: readonly PlanOfAlert[], limit: number): Promise<AccessOfAlert[]> {
    const planIds = inList(plans.flatMap(({ planId, newbornId }) => (newbornId === null ? planId : [])));
    const newbornIds = inList(plans.flatMap(({ newbornId }) => newbornId ?? []));
    return em.execute<AccessOfAlert[]>(
      `select a.id, a.at, a.organisation, o.name as "organisationName", a.setting, a.clinician_name as "clinicianName",
         a.clinician_role as "clinicianRole", a.silent, a.flags,
         (select n.alert_id from notice n where n.access_id = a.id and (n.plan_id = any(?::uuid[]) or n.newborn_id = any(?::uuid[])) and n.alert_id is not null limit 1) as "alertId"
       from access a left join organisation o on o.ods_code = a.organisation
       where a.answer <> 'no-plan' and a.nhs_number in (
         select nhs_number from plan_number where plan_id = any(?::uuid[])
         union all select nhs_number from newborn where id = any(?::uuid[]))
       order by a.at desc limit ?`,
      [planIds, newbornIds, planIds, newbornIds, limit],
    );
  }

  /** For the list: how often and at how many places, in the accesses that each alert tells of. */
  async countAccesses(
    em: EntityManager,
    alertIds: readonly string[],
  ): Promise<Map<string, { accesses: number; places: number; lastAt: Date }>> {
    const rows = await em.execute<{ alertId: string; accesses: number; places: number; lastAt: Date }[]>(
      `select n.alert_id as "alertId", count(distinct n.access_id)::int as accesses, count(distinct a.organisation)::int as places,
         max(a.at) as "lastAt"
       from notice n join access a on a.at = n.access_at and a.id = n.access_id
       where n.alert_id = any(?::uuid[]) group by n.alert_id`,
      [inList(alertIds)],
    );
    return new Map(rows.map((row) => [row.alertId, row]));
  }

  findHappenings(em: EntityManager, alertId: string): Promise<HappeningRow[]> {
    return em.execute<HappeningRow[]>(
      `select e.kind, e.at, e.by, w.name as "byName", e.detail from alert_event e
       left join person w on w.authority = e.authority and e.by = w.authority || '/' || w.ref
       where e.alert_id = ? order by e.at, e.id`,
      [alertId],
    );
  }
}
