const msPerDay = 86_400_000;

/** Long lives are cut into short runs: by age, by length, when the server asks, and when the state has a new shape (temporal.md). */
export interface Run {
  /** Epoch milliseconds. */
  readonly startedAt: number;
  readonly now: number;
  /** Events in the run's history. */
  readonly historyLength: number;
  readonly suggested: boolean;
  readonly stateVersion: number;
  readonly currentVersion: number;
}

export const renewAfterDays = 60;
/** A sleeper's wake-up replays its whole history: short ones are cheap (performance.md). */
export const renewAfterEvents = 200;

export const isDueForRenewal = (run: Run): boolean =>
  run.suggested ||
  run.now - run.startedAt >= renewAfterDays * msPerDay ||
  run.historyLength >= renewAfterEvents ||
  run.stateVersion !== run.currentVersion;
