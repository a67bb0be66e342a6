/** Checks by hand of what comes from outside into a workflow: nothing that is sent may stop it (temporal.md). */

/** Any JSON object that is not a list, its fields still unknown. */
export type Fields = Readonly<Record<string, unknown>>;

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A text with at least one character, at most 200: an id, a name of a thing. */
export const isShortText = (value: unknown): value is string =>
  typeof value === 'string' && value.length > 0 && value.length <= 200;

/** A whole number from 0 up: a count, an id, a version, epoch milliseconds. */
export const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;

/** Epoch milliseconds within what a date can be. */
export const isInstant = (value: unknown): value is number => isCount(value) && value <= 8.64e15;

/** ISO 8601 in UTC, `2026-11-23T06:00:00Z`, with or without fractions of a second. */
export const isIsoInstant = (value: unknown): value is string =>
  typeof value === 'string' &&
  /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?Z$/.test(value) &&
  !Number.isNaN(Date.parse(value));

export const isOneOf =
  <T extends string>(known: readonly T[]) =>
  (value: unknown): value is T =>
    known.some((one) => one === value);

/** Ends a `switch` over a union. It throws nothing: a plain error would freeze a workflow (temporal.md). */
export const assertNever = (value: never): never => value;
