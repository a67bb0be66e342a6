import type { AccessLine, CheckAnswer, PlanInSight } from '../../accesses/check.schema';
import { flagWords, planTypeWords, settingWords } from '../layout/domain-words';
import { counted, listed, spacedNumber, spokenDay, spokenTime } from '../layout/words';
import { emptyForm, type NumberForm } from './number-form';
import { presentAwaited, presentPlan, type AwaitedCard, type PlanCard } from './plan-card';

/** Each has its own colour, border and sign: no answer can be taken for another (domain 5). */
export type Tone = 'plan' | 'awaiting' | 'ended' | 'none';

export interface AnswerView {
  readonly tone: Tone;
  readonly sign: string;
  /** Read first, by eye and by screen reader. */
  readonly headline: string;
  readonly meaning: string;
  readonly number: string;
  readonly answeredAt: string;
  readonly told: string;
  readonly remarks: readonly string[];
  /** Authorities that have not yet confirmed for a newborn, with their phones. */
  readonly awaiting: readonly AwaitedCard[];
  readonly plans: readonly PlanCard[];
  readonly showsAccesses: boolean;
  readonly accessesNote: string;
  readonly accesses: readonly AnsweredAccess[];
  readonly form: NumberForm;
}

export interface AnsweredAccess {
  readonly when: string;
  /** Repeat views folded into the line (domain 4); empty when there were none. */
  readonly again: string;
  readonly where: string;
  readonly setting: string;
  readonly who: string;
  readonly role: string;
}

/** The answer to a check as its page prints it (domain 4, 5). */
export function presentAnswer(answer: CheckAnswer): AnswerView {
  return {
    ...headOf(answer),
    number: spacedNumber(answer.nhsNumber),
    answeredAt: spokenTime(answer.answeredAt),
    told: toldWords(answer),
    remarks: answer.flags.map((flag) => `Stored with this check: ${flagWords(flag).toLowerCase()}.`),
    awaiting: answer.awaiting.map(presentAwaited),
    plans: answer.plans.map(presentPlan),
    showsAccesses: answer.answer !== 'no-plan',
    accessesNote:
      answer.accesses.length === 25 ? 'The 25 most recent, newest first.' : 'Before this check, newest first.',
    accesses: answer.accesses.map(presentAccess),
    form: emptyForm('Check'),
  };
}

/** What the browser's title says: the answer, and nothing of the person. */
export const answerTitle = (answer: CheckAnswer): string => headOf(answer).headline;

function headOf({ answer, plans }: CheckAnswer): Pick<AnswerView, 'tone' | 'sign' | 'headline' | 'meaning'> {
  switch (answer) {
    case 'plan':
      return { tone: 'plan', sign: '!', headline: headlineOf(plans), meaning: meaningOf(plans) };
    case 'awaiting-authority':
      return {
        tone: 'awaiting',
        sign: '…',
        headline: 'The authority has not yet confirmed',
        meaning:
          'This baby was born to a mother with an unborn child protection plan. Treat it as a plan, and phone the authority.',
      };
    case 'ended':
      return { tone: 'ended', sign: 'i', headline: 'Plan ended', meaning: endedMeaning(plans) };
    case 'no-plan':
      return {
        tone: 'none',
        sign: '–',
        headline: 'No plan found',
        meaning: 'No authority has a plan for this number. That alone does not mean that a child is safe.',
      };
    default:
      return assertNever(answer);
  }
}

const live = (plans: readonly PlanInSight[]): PlanInSight[] => plans.filter((plan) => plan.state !== 'ended');

function headlineOf(plans: readonly PlanInSight[]): string {
  const [first = 'Plan', ...others] = new Set(live(plans).map((plan) => planTypeWords(plan.type)));
  return listed([first, ...others.map((words) => words.charAt(0).toLowerCase() + words.slice(1))]);
}

function meaningOf(plans: readonly PlanInSight[]): string {
  const now = live(plans);
  const unborn = now.filter((plan) => plan.type === 'UCPP').length;
  if (unborn === now.length) return 'The unborn child of the person with this number has a plan.';
  return unborn > 0
    ? 'This person, and her unborn child, have plans now.'
    : 'The child with this number has a plan now.';
}

function endedMeaning(plans: readonly PlanInSight[]): string {
  const last = plans
    .flatMap((plan) => plan.end ?? [])
    .toSorted()
    .at(-1);
  return last === undefined
    ? 'There is no plan now. One ended in the last 12 months.'
    : `There is no plan now. The last one ended on ${spokenDay(last)}.`;
}

function toldWords({ answer, silent }: CheckAnswer): string {
  if (answer === 'no-plan') return 'This check is stored with your name. Nobody is alerted.';
  if (silent) return 'This check is stored with your name. It is planned care, so nobody is alerted.';
  return 'This check is stored with your name. The social worker is told within 24 hours that you looked, not why.';
}

function presentAccess(line: AccessLine): AnsweredAccess {
  return {
    when: spokenTime(line.at),
    again: line.views > 1 ? `${counted(line.views, 'view', 'views')}, the last on ${spokenTime(line.lastAt)}` : '',
    where: line.organisation.name,
    setting: settingWords(line.setting),
    who: line.clinician.name,
    role: line.clinician.role,
  };
}

function assertNever(answer: never): never {
  throw new Error(`no words for the answer ${String(answer)}`);
}
