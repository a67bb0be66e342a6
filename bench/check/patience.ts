import type { Cost } from './measured';
import type { Say } from './stage';

/** A window that was thrown away, and why. */
export interface ThrownAway {
  readonly what: string;
  readonly foreign: number;
  readonly steal: number;
}

const percent = (share: number): string => `${(share * 100).toFixed(0)} %`;

/** Measures again what was disturbed, so many times in a run and no more; then takes what it gets. */
export class Patience {
  readonly thrownAway: ThrownAway[] = [];

  constructor(
    private readonly retries: number,
    private readonly say: Say,
  ) {}

  async undisturbed<T extends Cost>(what: string, measure: () => Promise<T>): Promise<T> {
    for (;;) {
      const measured = await measure();
      if (!measured.disturbed || this.thrownAway.length >= this.retries) return measured;
      const { foreign, steal } = measured.spent;
      this.thrownAway.push({ what, foreign, steal });
      this.say(
        `  thrown away: ${what} (strangers took ${percent(foreign)} of the processors, the host ${percent(steal)})`,
      );
    }
  }
}
