import { ActivityFailure, ApplicationFailure } from '@temporalio/workflow';

/** One after the other, in the order asked: for handlers that await and share a state (temporal.md). */
export type InTurn = <T>(act: () => Promise<T>) => Promise<T>;

export function inTurn(): InTurn {
  let last: Promise<unknown> = Promise.resolve();
  return (act) => {
    const mine = last.then(act);
    last = mine.catch(() => undefined);
    return mine;
  };
}

/** Runs a handler so that only an `ApplicationFailure` leaves it: anything else would freeze the workflow (temporal.md). */
export async function answer<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (cause) {
    throw asApplicationFailure(cause);
  }
}

/** For synchronous handlers and validators. */
export function answerNow<T>(act: () => T): T {
  try {
    return act();
  } catch (cause) {
    throw asApplicationFailure(cause);
  }
}

/** A refusal that the caller turns into a problem of the same name; `type` is never encrypted and holds no data. */
export const refusal = (type: string): ApplicationFailure => ApplicationFailure.nonRetryable(type, type);

function asApplicationFailure(cause: unknown): ApplicationFailure {
  if (cause instanceof ApplicationFailure) return cause;
  if (cause instanceof ActivityFailure && cause.cause instanceof ApplicationFailure)
    return ApplicationFailure.create({
      type: cause.cause.type ?? 'act-failed',
      message: cause.cause.message,
      nonRetryable: true,
      cause,
    });
  return ApplicationFailure.create({
    type: 'act-failed',
    message: 'The act failed',
    nonRetryable: true,
    ...(cause instanceof Error && { cause }),
  });
}
