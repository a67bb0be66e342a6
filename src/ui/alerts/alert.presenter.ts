import { outcomes } from '../../../workflows/alert-task/contract';
import type { AlertView } from '../../alerts/alert.schema';
import { askedWords, outcomeWords, planStateWords, planTypeWords } from '../layout/domain-words';
import { textAt, type FormError, type Summary } from '../layout/forms';
import type { Tag } from '../layout/tag';
import { capitalised, counted, spacedNumber, spokenTime } from '../layout/words';
import { paths } from '../paths';
import { presentBirth, type BirthPanel } from './birth-panel';
import { presentAccess, type AccessRow } from './access-row';
import { presentEvent, type EventLine } from './event-line';
import { stageTag } from './stage-tag';

/** What a person typed into the closing form, kept when it comes back. */
export interface ClosureForm {
  readonly outcome: string;
  readonly note: string;
}

/** What just happened: a decision done (confirmed on top), or refused (an error summary). */
export interface Happening {
  readonly done?: string;
  readonly errors?: readonly FormError[];
  readonly typed?: ClosureForm;
}

export interface AlertPageView {
  readonly back: string;
  readonly reference: string;
  readonly name: string;
  readonly stage: Tag;
  /** Why it came late; empty when it did not. */
  readonly late: string;
  readonly confirmation: string;
  readonly errors: readonly FormError[];
  readonly birth: BirthPanel | null;
  readonly times: string;
  readonly inThisAlert: string;
  readonly accesses: readonly AccessRow[];
  readonly noAccesses: string;
  readonly toDo: string;
  readonly outcome: readonly Summary[];
  readonly procedures: string;
  /** Address of the acknowledging form; empty when there is nothing to acknowledge. */
  readonly acknowledge: string;
  readonly close: CloseForm | null;
  readonly whyNot: string;
  readonly summary: readonly Summary[];
  readonly clocks: readonly Summary[];
  readonly events: readonly EventLine[];
}

export interface CloseForm {
  readonly action: string;
  readonly outcomes: readonly { value: string; text: string; checked: boolean }[];
  readonly outcomeError: string;
  readonly note: string;
  readonly noteError: string;
}

const confirmations: Readonly<Record<string, string>> = {
  acknowledged: 'You acknowledged this alert',
  closed: 'You closed this alert',
};

/** One alert as its page prints it. */
export function presentAlert(alert: AlertView, happening: Happening = {}): AlertPageView {
  const errors = happening.errors ?? [];
  const closed = alert.stage === 'closed';
  return {
    back: paths.alerts.list,
    reference: alert.reference,
    name: capitalised(alert.name),
    stage: stageTag(alert.stage),
    late: alert.late ?? '',
    confirmation: confirmationOf(alert, happening.done),
    errors,
    birth: alert.birth ? presentBirth(alert.id, alert.kind, alert.birth, errors) : null,
    times: timesOf(alert),
    inThisAlert: alert.kind === 'access' ? `${counted(alert.accesses, 'access', 'accesses')} in this alert` : '',
    accesses: alert.history.map(presentAccess),
    noAccesses: alert.history.length > 0 ? '' : 'Nobody has looked up this number so far.',
    toDo: closed ? 'Closed' : 'What to do',
    outcome: outcomeOf(alert),
    procedures: alert.proceduresUrl ?? '',
    acknowledge: alert.actions.includes('acknowledge') ? paths.alerts.acknowledgement(alert.id) : '',
    close: alert.actions.includes('close') ? closeForm(alert, errors, happening.typed) : null,
    whyNot: closed ? '' : (alert.whyNot ?? ''),
    summary: summaryOf(alert),
    clocks: clocksOf(alert),
    events: alert.events.map(presentEvent),
  };
}

function timesOf({ kind, history, places }: AlertView): string {
  if (kind === 'birth') return 'A birth was notified.';
  if (kind === 'loss') return 'The NHS has notified that a baby was stillborn. We are sorry to bring this news.';
  return `The record was looked at ${counted(history.length, 'time', 'times')}, at ${placesWords(places)}.`;
}

/** Never confirms what the alert itself does not show. */
function confirmationOf({ stage, birth }: AlertView, done: string | undefined): string {
  if (done === 'declined') return birth?.state === 'declined' ? 'You said that this newborn gets no plan of yours' : '';
  return done === stage ? (confirmations[stage] ?? '') : '';
}

const placesWords = (places: number): string => (places === 1 ? 'one place' : `${places} different places`);

function summaryOf(alert: AlertView): Summary[] {
  return [
    { key: 'NHS number', text: spacedNumber(alert.nhsNumber) },
    ...alert.plans.map(({ type, state, why }) => ({
      key: planTypeWords(type),
      text: planStateWords(state),
      more: why,
    })),
    { key: 'Owner', text: alert.owner.name, more: alert.because },
    { key: 'Asked now', text: askedWords(alert) },
    {
      key: 'Due',
      text: spokenTime(alert.dueAt),
      more:
        alert.kind === 'access' ? '24 hours after the first access in this alert' : '24 hours after the notification',
    },
    { key: 'Raised', text: spokenTime(alert.raisedAt), more: alert.late ? `Late. ${alert.late}` : 'In time' },
  ];
}

/** Delivery is not reading: three clocks (domain 13). */
function clocksOf({ clocks }: AlertView): Summary[] {
  return [
    { key: 'Sent', text: toldAt(clocks.sent) },
    { key: 'Received by your authority’s system', text: toldAt(clocks.received) },
    { key: 'Seen by a person', text: toldAt(clocks.seen) },
  ];
}

const toldAt = (at: string | undefined): string => (at === undefined ? 'Not yet' : spokenTime(at));

function outcomeOf({ outcome, closingNote }: AlertView): Summary[] {
  if (outcome === undefined) return [];
  const note = closingNote ? [{ key: 'Note', text: closingNote }] : [];
  return [{ key: 'Outcome', text: outcomeWords[outcome] }, ...note];
}

function closeForm(alert: AlertView, errors: readonly FormError[], typed?: ClosureForm): CloseForm {
  return {
    action: paths.alerts.closure(alert.id),
    outcomes: outcomes.map((value) => ({ value, text: outcomeWords[value], checked: value === typed?.outcome })),
    outcomeError: textAt(errors, 'outcome'),
    note: typed?.note ?? '',
    noteError: textAt(errors, 'note'),
  };
}
