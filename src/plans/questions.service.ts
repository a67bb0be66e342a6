import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock';
import { Problem } from '../platform/problems/problem';
import type { Caller } from '../platform/sign-in/caller';
import { scopeOf } from '../platform/sign-in/scope';
import { MergingRepository } from './merging.repository';
import { isOpaqueId } from './opaque-id';
import { confirmNumber, decide, rejectNumber } from './plan-decision';
import type { PlanMerge } from './plan-merge';
import { questionViewOf } from './question-view';
import { QuestionsRepository, type StoredQuestion } from './questions.repository';
import {
  answersTo,
  type QuestionAnswer,
  type QuestionList,
  type QuestionsQuery,
  type QuestionView,
} from './questions.schema';

/**
 * What only the authority can say: a changed number, a missing reason, a plan that a full file does not mention.
 * Promises: an answer has its effect at once and stands in the plan's history. Never: guesses for the authority.
 */
@Injectable()
export class QuestionsService {
  constructor(
    private readonly repository: QuestionsRepository,
    private readonly merging: MergingRepository,
    private readonly clock: Clock,
  ) {}

  async list(caller: Caller, gss: string, query: QuestionsQuery): Promise<QuestionList> {
    const found = await this.repository.find(scopeOf(caller, gss), query);
    return { questions: found.map(questionViewOf) };
  }

  /** The same answer again changes nothing. Rejects with `question-not-found`, `invalid-request`, `question-answered`. */
  async answer(caller: Caller, gss: string, id: string, given: QuestionAnswer): Promise<QuestionView> {
    const authority = scopeOf(caller, gss);
    const question = await this.get(authority, id);
    refuseUnfitting(question, given);
    const source = { authority, by: caller.id, at: this.clock.instant(), today: this.clock.today() };
    await this.merging.merge(source, async (merge) => {
      if (await this.repository.settle(merge, question.id, given.answer)) await carryOut(merge, question, given);
    });
    const answered = await this.get(authority, id);
    if (answered.answer !== given.answer) throw new Problem('question-answered');
    return questionViewOf(answered);
  }

  private async get(authority: string, id: string): Promise<StoredQuestion> {
    const question = isOpaqueId(id) ? await this.repository.findById(authority, id) : undefined;
    if (!question) throw new Problem('question-not-found');
    return question;
  }
}

function refuseUnfitting({ kind, planStart }: StoredQuestion, { answer, endReason, endDate }: QuestionAnswer): void {
  const possible: readonly string[] = answersTo[kind];
  if (!possible.includes(answer))
    throw unfitting(
      'answer',
      possible.length > 0 ? `must be one of: ${possible.join(', ')}` : 'is given at the approval of the upload',
    );
  if ((answer === 'reason-given' || answer === 'ended') && endReason === undefined)
    throw unfitting('endReason', 'is needed with this answer');
  if (endReason !== undefined && answer !== 'reason-given' && answer !== 'ended')
    throw unfitting('endReason', 'does not go with this answer');
  if (endDate !== undefined && answer !== 'ended') throw unfitting('endDate', 'does not go with this answer');
  if (endDate !== undefined && planStart !== null && endDate < planStart)
    throw unfitting('endDate', 'is before the start of the plan');
}

const unfitting = (field: string, message: string): Problem =>
  new Problem('invalid-request', { errors: [{ field, message }] });

async function carryOut(merge: PlanMerge, { planId }: StoredQuestion, given: QuestionAnswer): Promise<void> {
  if (planId === null) return;
  const { answer, endReason = 'other', endDate = merge.source.today } = given;
  switch (answer) {
    case 'confirmed':
      return confirmNumber(merge, planId);
    case 'rejected':
      return rejectNumber(merge, planId);
    case 'reason-given':
      return decide(merge, planId, { endReason });
    case 'ended':
      return decide(merge, planId, { endReason, endDate });
    case 'still-live':
      return;
    default:
      return assertNever(answer);
  }
}

const assertNever = (value: never): never => {
  throw new Error(`unknown answer: ${String(value)}`);
};
