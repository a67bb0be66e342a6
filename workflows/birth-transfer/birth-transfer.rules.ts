import { isCount, isFields, isInstant, isIsoInstant, isOneOf, isShortText } from '../shapes.rules';
import { declineReasons } from './contract';
import type {
  Baby,
  Decline,
  NewbornState,
  Step,
  TransferEvent,
  TransferIdentity,
  TransferRefusal,
  TransferReview,
  TransferState,
} from './contract';

const msPerDay = 86_400_000;
export const currentSchemaVersion = 1;
/** How many outbox ids a transfer remembers: the relay repeats the newest ones only. */
export const rememberedIds = 200;

/** A transfer that has not looked at the facts yet. */
export const newTransfer: TransferState = {
  schemaVersion: currentSchemaVersion,
  motherIsClosed: false,
  babies: [],
  step: 'none',
  toldIds: [],
};

export const isTransferIdentity = (value: unknown): value is TransferIdentity =>
  isFields(value) && isShortText(value.planId) && isShortText(value.authority);

/** The last run's state, brought to today's shape; what cannot be read is rebuilt from the facts at the first look. */
export function upgrade(carried: unknown): TransferState {
  if (!isFields(carried) || carried.schemaVersion !== currentSchemaVersion) return newTransfer;
  const { motherIsClosed, babies, step, settledAt, toldIds } = carried;
  if (typeof motherIsClosed !== 'boolean' || !isStep(step)) return newTransfer;
  if (!Array.isArray(babies) || !babies.every(isBaby)) return newTransfer;
  if (!Array.isArray(toldIds) || !toldIds.every(isCount)) return newTransfer;
  const state: TransferState = { schemaVersion: currentSchemaVersion, motherIsClosed, babies, step, toldIds };
  return isInstant(settledAt) ? { ...state, settledAt } : state;
}

/** The well-formed events of a signal's payload, whatever it is; `dropped` counts the rest. */
export function eventsIn(payload: unknown): { readonly events: readonly TransferEvent[]; readonly dropped: number } {
  if (!Array.isArray(payload)) return { events: [], dropped: 1 };
  const sent: readonly unknown[] = payload;
  const events = sent.filter(isTransferEvent);
  return { events, dropped: sent.length - events.length };
}

/** The events that were not told before, each once. */
export const unheard = (state: TransferState, events: readonly TransferEvent[]): readonly TransferEvent[] =>
  events.filter(
    ({ id }, place) => !state.toldIds.includes(id) && events.findIndex((other) => other.id === id) === place,
  );

export const tell = (state: TransferState, events: readonly TransferEvent[]): TransferState => ({
  ...state,
  toldIds: [...state.toldIds, ...unheard(state, events).map(({ id }) => id)].slice(-rememberedIds),
});

/**
 * The state after a look at the facts, whatever the order in which they came. A baby that was not known starts the
 * reminders anew; `settledAt` is when nothing more was asked of the authority, and goes when something is again.
 */
export function reviewed(state: TransferState, { motherIsClosed, babies }: TransferReview, now: number): TransferState {
  const isNew = babies.some(({ newbornId }) => !state.babies.some((known) => known.newbornId === newbornId));
  const { settledAt, ...rest } = state;
  const next: TransferState = { ...rest, motherIsClosed, babies, step: isNew ? 'none' : state.step };
  return asksNothing(next) ? { ...next, settledAt: settledAt ?? now } : next;
}

export type Decision =
  { readonly allowed: true; readonly isNew: boolean } | { readonly allowed: false; readonly refusal: TransferRefusal };

/** A newborn's plan is declined while it is awaited; the same decision again is the same answer (domain 7, 20). */
export function decline(state: TransferState, { newbornId, reason }: Decline): Decision {
  const baby = state.babies.find((each) => each.newbornId === newbornId);
  if (baby === undefined) return { allowed: false, refusal: 'newborn-not-found' };
  if (baby.state === 'declined' && baby.reason === reason) return { allowed: true, isNew: false };
  return baby.state === 'awaiting' ? { allowed: true, isNew: true } : { allowed: false, refusal: 'newborn-settled' };
}

/** Why this cannot be a decision to decline, whatever was sent; undefined when it is one. */
export function faultOfDecline(value: unknown): TransferRefusal | undefined {
  if (!isFields(value) || !isShortText(value.newbornId) || !isShortText(value.by) || !isInstant(value.at))
    return 'decline-malformed';
  return isReason(value.reason) ? undefined : 'reason-unknown';
}

/** Elapsed days after the last baby became known, when nobody has answered (domain 11). */
export const stepAfterDays = { reminder: 3, manager: 7, 'duty-desk': 14 } as const;
/** A twin whose notification never comes keeps a transfer no longer than this; one that comes later opens it again. */
export const missingBirthAwaitedDays = 28;

/** Nothing is asked of the authority: her record is closed, and every baby's plan is supplied, declined or not expected. */
export const asksNothing = ({ motherIsClosed, babies }: TransferState): boolean =>
  motherIsClosed && babies.length > 0 && babies.every(({ state }) => state !== 'awaiting');

/** How many babies the notifications speak of; at least as many as were notified. */
export const expectedIn = ({ babies }: TransferState): number =>
  Math.max(babies.length, ...babies.map(({ numberOfBirths }) => numberOfBirths));

/** Both things are true for every baby (domain 7), or the one that is missing was not heard of for long enough. */
export function isDone(state: TransferState, now: number): boolean {
  if (state.settledAt === undefined || !asksNothing(state)) return false;
  return state.babies.length >= expectedIn(state) || now >= state.settledAt + missingBirthAwaitedDays * msPerDay;
}

const steps = ['reminder', 'manager', 'duty-desk'] as const;

/** Whom to remind at `now`, the latest step that has come; undefined when nobody is, or was already. */
export function stepDue(state: TransferState, now: number): Exclude<Step, 'none'> | undefined {
  if (asksNothing(state)) return undefined;
  const due = steps.findLast((step) => now >= lastKnownAt(state) + stepAfterDays[step] * msPerDay);
  return due !== undefined && placeOf(due) > placeOf(state.step) ? due : undefined;
}

/** Epoch milliseconds of the next thing that time alone brings; undefined when it brings nothing. */
export function nextClock(state: TransferState): number | undefined {
  if (state.babies.length === 0) return undefined;
  if (state.settledAt !== undefined) return state.settledAt + missingBirthAwaitedDays * msPerDay;
  const next = steps[placeOf(state.step) + 1];
  return next === undefined ? undefined : lastKnownAt(state) + stepAfterDays[next] * msPerDay;
}

/** How long to wait, milliseconds: at least 1 (0 would be no timer), at most 30 days. */
export const waitFor = (now: number, at: number | undefined): number =>
  at === undefined ? 30 * msPerDay : Math.min(30 * msPerDay, Math.max(1, at - now));

/** About which baby to remind: the first that is awaited, else the last that became known (her record is still open). */
export const babyToRemindOf = ({ babies }: TransferState): Baby | undefined =>
  babies.find(({ state }) => state === 'awaiting') ?? babies.at(-1);

const lastKnownAt = ({ babies }: TransferState): number => Math.max(0, ...babies.map(({ knownAt }) => knownAt));
const placeOf = (step: Step): number => steps.findIndex((known) => known === step);

const isStep = isOneOf<Step>(['none', ...steps]);
const isReason = isOneOf(declineReasons);
const isNewbornState = isOneOf<NewbornState>(['awaiting', 'supplied', 'declined', 'not-expected']);
const isEventKind = isOneOf<TransferEvent['kind']>(['born', 'mother-changed', 'supplied']);

const isTransferEvent = (value: unknown): value is TransferEvent =>
  isFields(value) && isCount(value.id) && isIsoInstant(value.at) && isEventKind(value.kind);

const isBaby = (value: unknown): value is Baby =>
  isFields(value) &&
  isShortText(value.newbornId) &&
  isNewbornState(value.state) &&
  isCount(value.birthOrder) &&
  isCount(value.numberOfBirths) &&
  isInstant(value.knownAt) &&
  (value.reason === undefined || isReason(value.reason));
