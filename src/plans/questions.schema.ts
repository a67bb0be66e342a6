import { z } from 'zod';
import { endReasons } from '../../workflows/child-plan/visibility.rules';

export const questionKinds = ['number-changed', 'end-reason-missing', 'missing-from-full', 'guard'] as const;
export type QuestionKind = (typeof questionKinds)[number];

/** What may be answered to each kind. The guard's is answered by the approval of its upload. */
export const answersTo = {
  'number-changed': ['confirmed', 'rejected'],
  'end-reason-missing': ['reason-given'],
  'missing-from-full': ['still-live', 'ended'],
  guard: [],
} as const satisfies Record<QuestionKind, readonly string[]>;

export const questionAnswers = ['confirmed', 'rejected', 'reason-given', 'still-live', 'ended'] as const;

/** `POST /authorities/{gss}/questions/{id}/answer`. */
export const questionAnswer = z
  .object({
    answer: z.enum(questionAnswers),
    endReason: z.enum(endReasons).optional().describe('With `reason-given` and `ended`.'),
    endDate: z.iso.date().optional().describe('With `ended`; today when it is left out.'),
  })
  .strict();
export type QuestionAnswer = z.infer<typeof questionAnswer>;

export const questionsQuery = z
  .object({
    state: z.enum(['open', 'answered', 'all']).default('open'),
    kind: z.enum(questionKinds).optional(),
    limit: z.coerce.number().int().min(1).max(1000).default(100),
  })
  .strict();
export type QuestionsQuery = z.infer<typeof questionsQuery>;

export const questionView = z.object({
  id: z.uuid(),
  kind: z.enum(questionKinds),
  question: z.string().describe('What the authority is asked, one sentence.'),
  localId: z.string().nullable(),
  nhsNumber: z.string().nullable().describe('Of the plan now; ten digits.'),
  formerNumbers: z.array(z.string()),
  detail: z.record(z.string(), z.unknown()),
  answers: z.array(z.string()).describe('What may be answered; empty where another route answers, or it is settled.'),
  owner: z.string(),
  raisedAt: z.iso.datetime(),
  answeredAt: z.iso.datetime().nullable(),
  answeredBy: z.string().nullable(),
  answer: z.string().nullable(),
});
export type QuestionView = z.infer<typeof questionView>;
export const questionList = z.object({ questions: z.array(questionView) });
export type QuestionList = z.infer<typeof questionList>;
