import { setTimeout as pause } from 'node:timers/promises';
import type { Cost } from './measured';
import type { Say } from './stage';

/** A window that was thrown away, and why. */
export interface ThrownAway {
  readonly what: string;
  readonly foreign: number;
  readonly steal: number;
}

const percent = (share: number): string => `${(share * 100).toFixed(0)} %`;

/** One window may be measured three times in all, a moment apart. */
const mostRetriesOfOne = 2;
const momentMs = 1500;

/** Measures again what was disturbed, so many times in a run and no more; then takes what it gets. */
export class Patience {
  readonly thrownAway: ThrownAway[] = [];

  constructor(
    private readonly retries: number,
    private readonly say: Say,
  ) {}

  async undisturbed<T extends Cost>(what: string, measure: () => Promise<T>): Promise<T> {
    for (let again = 0; ; again += 1) {
      const measured = await measure();
      if (!measured.disturbed || again === mostRetriesOfOne || this.thrownAway.length >= this.retries) return measured;
      const { foreign, steal } = measured.spent;
      this.thrownAway.push({ what, foreign, steal });
      this.say(
        `  thrown away: ${what} (strangers took ${percent(foreign)} of the processors, the host ${percent(steal)})`,
      );
      await pause(momentMs);
    }
  }
}
