import { assertNever, isCount, isFields, isIsoInstant, isShortText } from '../shapes.rules';
import type { Fields } from '../shapes.rules';
import type { ChildPlanState, PlanEvent } from './contract';

/** How many outbox ids a plan remembers: the relay repeats the newest ones only. */
export const rememberedIds = 500;

/** The well-formed events of a signal's payload, whatever it is; `dropped` counts the rest. */
export function eventsIn(payload: unknown): { readonly events: readonly PlanEvent[]; readonly dropped: number } {
  if (!Array.isArray(payload)) return { events: [], dropped: 1 };
  const sent: readonly unknown[] = payload;
  const events = sent.filter(isPlanEvent);
  return { events, dropped: sent.length - events.length };
}

/** The state with the events told, each once: an id told before changes nothing. The order of ids does not matter. */
export function tell(state: ChildPlanState, events: readonly PlanEvent[]): ChildPlanState {
  const known = new Set(state.toldIds);
  return events.reduce((told, event) => {
    if (known.has(event.id)) return told;
    known.add(event.id);
    return tellOne({ ...told, toldIds: [...told.toldIds, event.id].slice(-rememberedIds) }, event);
  }, state);
}

/** True when an event that is new may have changed the plan's dates: accesses and alerts change no facts. */
export const asksForReview = (state: ChildPlanState, events: readonly PlanEvent[]): boolean =>
  events.some(
    ({ id, kind }) => (kind === 'recorded' || kind === 'amended' || kind === 'ended') && !state.toldIds.includes(id),
  );

function tellOne(state: ChildPlanState, event: PlanEvent): ChildPlanState {
  switch (event.kind) {
    case 'recorded':
    case 'amended':
    case 'ended':
      return { ...state, version: Math.max(state.version, event.version) };
    case 'accessed':
      return { ...state, accesses: state.accesses + 1, lastAccessAt: later(state.lastAccessAt, event.at) };
    case 'alerted':
      return { ...state, alerts: state.alerts + 1 };
    default:
      return assertNever(event);
  }
}

const later = (known: string | undefined, at: string): string =>
  known !== undefined && Date.parse(known) >= Date.parse(at) ? known : at;

function isPlanEvent(value: unknown): value is PlanEvent {
  if (!isFields(value) || !isCount(value.id) || !isIsoInstant(value.at)) return false;
  return isKnownKind(value);
}

function isKnownKind(value: Fields): boolean {
  switch (value.kind) {
    case 'recorded':
    case 'amended':
    case 'ended':
      return isCount(value.version);
    case 'accessed':
      return isShortText(value.accessId);
    case 'alerted':
      return isShortText(value.alertId);
    default:
      return false;
  }
}
