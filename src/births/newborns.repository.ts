import { Injectable } from '@nestjs/common';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { Baby, Decline, DeclineReason, NewbornState } from '../../workflows/birth-transfer/contract';
import type { BirthToAlert, WhichBirths } from './birth-to-alert';

/** A newborn as its authority knows it. */
export interface StoredNewborn {
  readonly id: string;
  readonly planId: string;
  readonly authority: string;
  readonly nhsNumber: string;
  readonly motherNhsNumber: string;
  readonly motherLocalId: string;
  readonly givenName: string;
  readonly familyName: string;
  readonly state: NewbornState;
  readonly reason: DeclineReason | null;
  readonly birthOrder: number;
  readonly numberOfBirths: number;
  readonly bornAt: Date;
  readonly motherIsClosed: boolean;
  readonly motherWasClosed: boolean;
  readonly since: Date;
}

const isClosed = `(p.type <> 'UCPP' or p.end_date is not null)`;
const selectNewborn = `
  select n.id, n.plan_id as "planId", n.authority, n.nhs_number as "nhsNumber", b.mother_nhs_number as "motherNhsNumber",
    p.local_id as "motherLocalId", p.given_name as "givenName", p.family_name as "familyName", n.state, n.reason,
    b.birth_order as "birthOrder", b.number_of_births as "numberOfBirths", b.born_at as "bornAt",
    ${isClosed} as "motherIsClosed", n.mother_was_closed as "motherWasClosed", n.since
  from newborn n join birth b on b.id = n.birth_id join plan p on p.id = n.plan_id`;
const selectToAlert = `
  select n.id as "newbornId", n.plan_id as "planId", n.authority, n.nhs_number as "nhsNumber", n.state,
    n.mother_was_closed as "motherWasClosed", n.alert_due_at as "dueAt", p.worker_ref as "workerRef", p.team_ref as "teamRef"
  from newborn n join plan p on p.id = n.plan_id`;

/** Reads newborns and writes what is decided about them; births.repository.ts brings them in. */
@Injectable()
export class NewbornsRepository {
  async find(em: EntityManager, id: string): Promise<StoredNewborn | undefined> {
    const [row] = await em.execute<StoredNewborn[]>(`${selectNewborn} where n.id = ?::uuid`, [id]);
    return row;
  }

  /** Those that wait first, the oldest on top. */
  findOf(em: EntityManager, authority: string, limit: number): Promise<StoredNewborn[]> {
    return em.execute<StoredNewborn[]>(
      `${selectNewborn} where n.authority = ? order by n.state <> 'awaiting', n.since, n.id limit ?`,
      [authority, limit],
    );
  }

  async findMother(em: EntityManager, planId: string): Promise<{ isClosed: boolean } | undefined> {
    const [row] = await em.execute<{ isClosed: boolean }[]>(
      `select ${isClosed} as "isClosed" from plan p where p.id = ?::uuid`,
      [planId],
    );
    return row;
  }

  /** The babies under one unborn plan, in the order in which they became known. */
  async findBabies(em: EntityManager, planId: string): Promise<Baby[]> {
    const rows = await em.execute<(Omit<Baby, 'knownAt' | 'reason'> & { since: Date; reason: DeclineReason | null })[]>(
      `select n.id as "newbornId", n.state, n.reason, b.birth_order as "birthOrder", b.number_of_births as "numberOfBirths", n.since
       from newborn n join birth b on b.id = n.birth_id where n.plan_id = ?::uuid order by n.since, n.id`,
      [planId],
    );
    return rows.map(({ since, reason, ...baby }) => ({
      ...baby,
      knownAt: new Date(since).getTime(),
      ...(reason !== null && { reason }),
    }));
  }

  /** Writes the row and its history together, or neither when the newborn is not awaited any more. */
  async decline(em: EntityManager, { newbornId, by, at, reason }: Decline): Promise<void> {
    await em.execute(
      `with declined as (
         update newborn set state = 'declined', reason = ?, changed_at = ? where id = ?::uuid and state = 'awaiting'
         returning id, authority
       )
       insert into newborn_event (newborn_id, authority, kind, at, by, detail)
       select id, authority, 'declined', ?, ?, jsonb_build_object('reason', ?::text) from declined`,
      [reason, new Date(at), newbornId, new Date(at), by, reason],
    );
  }

  /** Authorities that have births without an alert. */
  async findToAlert(em: EntityManager, which: WhichBirths): Promise<string[]> {
    const [condition, value] = conditionOf(which);
    const rows = await em.execute<{ authority: string }[]>(
      `select distinct n.authority from newborn n where n.alerted_at is null and ${condition}`,
      [value],
    );
    return rows.map((row) => row.authority);
  }

  /** Locks the births without an alert; rows that another process has are left to it. */
  lockToAlert(em: EntityManager, which: WhichBirths): Promise<BirthToAlert[]> {
    const [condition, value] = conditionOf(which);
    return em.execute<BirthToAlert[]>(
      `${selectToAlert} where n.alerted_at is null and ${condition} order by n.alert_due_at, n.id limit 200 for update of n skip locked`,
      [value],
    );
  }

  async findToRemind(em: EntityManager, newbornId: string): Promise<BirthToAlert | undefined> {
    const [row] = await em.execute<BirthToAlert[]>(`${selectToAlert} where n.id = ?::uuid`, [newbornId]);
    return row;
  }

  async markAlerted(em: EntityManager, newbornId: string, at: Date): Promise<void> {
    await em.execute('update newborn set alerted_at = ? where id = ?::uuid and alerted_at is null', [at, newbornId]);
  }

  /** Births that have no alert, for the doctor. */
  findUnalerted(em: EntityManager): Promise<{ id: string; authority: string; dueAt: Date }[]> {
    return em.execute(
      'select id, authority, alert_due_at as "dueAt" from newborn where alerted_at is null order by alert_due_at',
    );
  }
}

const conditionOf = (which: WhichBirths): [condition: string, value: unknown] =>
  'planId' in which ? ['n.plan_id = ?::uuid', which.planId] : ['n.alert_due_at <= ?', which.by];
