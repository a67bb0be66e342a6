import { Injectable } from '@nestjs/common';
import { Database } from '../platform/database/database';
import { settleQuestion } from './decisions.sql';
import type { PlanMerge } from './plan-merge';
import type { QuestionKind } from './questions.schema';

/** A question to an authority, with the plan that it is about, if it is about one. */
export interface StoredQuestion {
  readonly id: string;
  readonly kind: QuestionKind;
  readonly planId: string | null;
  readonly localId: string | null;
  /** London ISO date. */
  readonly planStart: string | null;
  readonly nhsNumber: string | null;
  readonly formerNumbers: readonly string[];
  readonly detail: Readonly<Record<string, unknown>>;
  readonly owner: string;
  readonly raisedAt: Date;
  readonly answeredAt: Date | null;
  readonly answeredBy: string | null;
  readonly answer: string | null;
}

export interface QuestionFilter {
  readonly state: 'open' | 'answered' | 'all';
  readonly kind?: QuestionKind | undefined;
  readonly limit: number;
}

const selectQuestion = `
  select q.id, q.kind, q.plan_id as "planId", p.local_id as "localId", p.start_date::text as "planStart",
    p.nhs_number as "nhsNumber",
    array(select n.nhs_number from plan_number n where n.plan_id = p.id and n.state = 'former-unconfirmed' order by n.since)
      as "formerNumbers",
    q.detail, q.owner, q.raised_at as "raisedAt", q.answered_at as "answeredAt", q.answered_by as "answeredBy", q.answer
  from question q left join plan p on p.id = q.plan_id`;

/** Reads questions and settles them; a merge raises them (questions.sql.ts). */
@Injectable()
export class QuestionsRepository {
  constructor(private readonly database: Database) {}

  find(authority: string, { state, kind, limit }: QuestionFilter): Promise<StoredQuestion[]> {
    return this.database.as(authority, (em) =>
      em.execute<StoredQuestion[]>(
        `${selectQuestion} where q.authority = ? and (? = 'all' or (q.answered_at is null) = (? = 'open'))
           and q.kind = coalesce(?, q.kind) order by q.raised_at, q.id limit ?`,
        [authority, state, state, kind ?? null, limit],
      ),
    );
  }

  async findById(authority: string, id: string): Promise<StoredQuestion | undefined> {
    const [question] = await this.database.as(authority, (em) =>
      em.execute<StoredQuestion[]>(`${selectQuestion} where q.authority = ? and q.id = ?::uuid`, [authority, id]),
    );
    return question;
  }

  /** True when this call settled it; false when it was settled before. */
  async settle(merge: PlanMerge, id: string, answer: string): Promise<boolean> {
    const { authority, at, by } = merge.source;
    const { rowCount } = await merge.client.query(settleQuestion, [authority, id, at, by, answer]);
    return rowCount === 1;
  }
}
