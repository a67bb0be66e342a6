import type { AlertView } from '../../alerts/alert.schema';
import { declineReasons } from '../../../workflows/birth-transfer/contract';
import { declineReasonWords, newbornStateWords } from '../layout/domain-words';
import { textAt, type FormError, type Summary } from '../layout/forms';
import { spacedNumber } from '../layout/words';
import { paths } from '../paths';

type Birth = NonNullable<AlertView['birth']>;

/** What a birth asks of the authority, in plain words; of a loss nothing but the end of the record (domain 7). */
export interface BirthPanel {
  readonly heading: string;
  /** Empty unless the unborn plan was ended before the birth. */
  readonly urgent: string;
  readonly paragraphs: readonly string[];
  readonly steps: readonly string[];
  readonly facts: readonly Summary[];
  readonly decline: DeclineForm | null;
}

export interface DeclineForm {
  readonly action: string;
  readonly reasons: readonly { value: string; text: string }[];
  readonly error: string;
}

export function presentBirth(
  alertId: string,
  kind: AlertView['kind'],
  birth: Birth,
  errors: readonly FormError[],
): BirthPanel {
  const isLoss = kind === 'loss';
  return {
    heading: isLoss ? 'What is asked of you' : 'The two things to do',
    urgent: birth.isUrgent
      ? 'Urgent: your unborn plan was ended before this birth was notified. Find out today whether this baby needs protection.'
      : '',
    paragraphs: isLoss ? lossWords(birth) : birthWords(birth),
    steps: isLoss ? [] : birth.toDo.map((step) => stepWords(step, birth)),
    facts: factsOf(birth, isLoss),
    decline: birth.mayDecline && !isLoss ? declineForm(alertId, errors) : null,
  };
}

const lossWords = ({ toDo }: Birth): string[] =>
  toDo.includes('close-mother')
    ? [
        'No plan for a baby is asked for, now or later.',
        'When you are ready, please end the mother’s record with its reason, so that nobody asks her about this pregnancy again.',
      ]
    : ['The mother’s record is ended. Nothing more is asked of you.'];

const birthWords = ({ toDo }: Birth): string[] =>
  toDo.length > 0
    ? [
        'Until the baby’s own plan is here or declined, every check on the baby’s number is answered “the authority has not yet confirmed”, with your telephone numbers.',
      ]
    : ['Both are done. Nothing more is asked of you.'];

function stepWords(step: Birth['toDo'][number], birth: Birth): string {
  if (step === 'close-mother')
    return `End or update the mother’s record, by her NHS number ${spacedNumber(birth.motherNhsNumber)}.`;
  return `Send the baby’s own plan under the NHS number ${spacedNumber(birth.nhsNumber)}, or say below that none will come.`;
}

const factsOf = (birth: Birth, isLoss: boolean): Summary[] => [
  ...(isLoss ? [] : [{ key: 'Baby’s NHS number', text: spacedNumber(birth.nhsNumber) }]),
  { key: 'Mother’s NHS number', text: spacedNumber(birth.motherNhsNumber) },
  { key: 'Your record of her', text: birth.motherLocalId },
  ...(birth.numberOfBirths > 1
    ? [{ key: 'Births', text: `Number ${birth.birthOrder} of ${birth.numberOfBirths}` }]
    : []),
  ...(isLoss ? [] : [{ key: 'The baby’s plan', text: newbornStateWords[birth.state] }]),
];

const declineForm = (alertId: string, errors: readonly FormError[]): DeclineForm => ({
  action: paths.alerts.decline(alertId),
  reasons: declineReasons.map((value) => ({ value, text: declineReasonWords[value] })),
  error: textAt(errors, 'reason'),
});
