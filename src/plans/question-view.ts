import { isoOf } from './plan-view';
import type { StoredQuestion } from './questions.repository';
import { answersTo, type QuestionKind, type QuestionView } from './questions.schema';

const asked = {
  'number-changed':
    'The NHS number of this plan changed. Is the new number right? Until you say so, both are in sight.',
  'end-reason-missing': 'Why did this unborn plan end? Until you say so, it is shown as ended.',
  'missing-from-full': 'A full file did not mention this live plan. Is it still live? It stays in sight.',
  guard: 'A file would end more plans than usual. Shall these rows apply? Answer at the approval of the upload.',
} as const satisfies Record<QuestionKind, string>;

/** A question as the authority reads it. */
export function questionViewOf(stored: StoredQuestion): QuestionView {
  return {
    id: stored.id,
    kind: stored.kind,
    question: asked[stored.kind],
    localId: stored.localId,
    nhsNumber: stored.nhsNumber,
    formerNumbers: [...stored.formerNumbers],
    detail: { ...stored.detail },
    owner: stored.owner,
    answers: stored.answeredAt === null ? [...answersTo[stored.kind]] : [],
    raisedAt: isoOf(stored.raisedAt),
    answeredAt: stored.answeredAt && isoOf(stored.answeredAt),
    answeredBy: stored.answeredBy,
    answer: stored.answer,
  };
}
