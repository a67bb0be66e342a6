import type { Span } from './telling-days';

type Duration = { readonly seconds?: unknown; readonly nanos?: number | null };
type Timestamp = Duration;
/** An event of a history, as the server gives it; its other fields are looked through. */
interface Shown {
  readonly eventId?: unknown;
  readonly eventTime?: Timestamp | null;
}

/** Every duration that a history shows in clear: timers, delays, time-outs; `place` names the event and its field. */
export const spansOf = (workflow: string, history: readonly Shown[]): Span[] =>
  history.flatMap((event) =>
    [...durations(event)].map(([field, lasts]) => ({
      place: `${workflow}, event ${String(event.eventId)}, ${field}`,
      startedAt: milliseconds(event.eventTime ?? {}),
      lasts,
    })),
  );

function* durations(value: unknown, path = ''): Generator<readonly [string, number]> {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return;
  for (const [name, each] of Object.entries(value)) {
    const field = path === '' ? name : `${path}.${name}`;
    if (isDuration(each)) {
      if (!/time$/i.test(name)) yield [field, milliseconds(each)];
    } else yield* durations(each, field);
  }
}

const isDuration = (value: unknown): value is Duration =>
  typeof value === 'object' && value !== null && 'seconds' in value && 'nanos' in value;

const milliseconds = ({ seconds, nanos }: Timestamp): number =>
  Number(String(seconds ?? 0)) * 1000 + Math.round((nanos ?? 0) / 1e6);
