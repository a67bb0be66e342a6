import { randomUUID } from 'node:crypto';
import { MikroORM } from '@mikro-orm/core';
import { PostgreSqlDriver, type EntityManager } from '@mikro-orm/postgresql';
import type { Asked } from './check-values';
import { Access, Authority, CheckRequest, Notice, Outbox, Plan, PlanNumber, records } from './naive-records';
import { servePlainly } from './plain-server';

// For orientation: the same check as one would write it first, through the ORM's unit of work – begin, a read for each
// table, an insert for each, commit. It connects as the owner, so it has no row-level security to pay for.
interface Found {
  readonly plans: readonly { readonly id: string; readonly authority: string }[];
  readonly detail: object | null;
}

const find = async (em: EntityManager, nhsNumber: string): Promise<Found> => {
  const numbers = await em.find(PlanNumber, { nhsNumber });
  if (numbers.length === 0) return { plans: [], detail: null };
  const plans = await em.find(Plan, { id: numbers.map(({ planId }) => planId) });
  const authorities = await em.find(Authority, { gss: plans.map(({ authority }) => authority) });
  const found = { nhsNumber, answer: 'plan', silent: false };
  const accesses = await em.find(Access, found, { orderBy: { at: 'desc' }, limit: 500 });
  return { plans, detail: { plans, authorities, accesses } };
};

const store = (em: EntityManager, asked: Asked, { plans, detail }: Found): object => {
  const { nhsNumber, kind, organisation, setting, clinician } = asked;
  const id = randomUUID();
  const at = new Date();
  const silent = kind === 'scheduled';
  const answer = plans.length > 0 ? 'plan' : 'no-plan';
  const who = { clinicianId: clinician.id, clinicianName: clinician.name, clinicianRole: clinician.role };
  const asker = { client: 'bench-naive' };
  em.create(CheckRequest, { accessId: id, bodyHash: randomUUID(), at, found: detail });
  em.create(Access, { id, at, nhsNumber, answer, silent, kind, organisation, setting, ...who, ...asker });
  for (const { id: planId, authority } of silent ? [] : plans) {
    em.create(Notice, { accessId: id, accessAt: at, planId, authority, dueAt: new Date(at.getTime() + 86_400_000) });
    const event = { kind: 'accessed', accessId: id };
    em.create(Outbox, { topic: 'child-plan', key: planId, authority, event, createdAt: at });
  }
  return { id, answer, detail };
};

const serve = async (ownerUrl: string): Promise<void> => {
  const orm = await MikroORM.init<PostgreSqlDriver>({
    driver: PostgreSqlDriver,
    clientUrl: ownerUrl,
    entities: records,
    forceUtcTimezone: true,
    pool: { min: 0, max: 12 },
    logger: () => undefined,
  });
  servePlainly((asked) => {
    const em = orm.em.fork() as EntityManager;
    return em.transactional(async (tx) => store(tx, asked, await find(tx, asked.nhsNumber)));
  });
};

void serve(process.argv[2] ?? '');
