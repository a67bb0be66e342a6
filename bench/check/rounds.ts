import { ClearError } from '../../scripts/clear-error';
import type { BenchOptions } from '../options';
import { climb, seek, type Probe } from './capacity';
import { longestP99Ms } from './goals';
import type { Load, Measured, Measuring, Side, StatementMeasured } from './measured';
import type { Patience } from './patience';
import type { Say } from './stage';

/** One pair of everything that is compared, measured one after the other. */
export interface Round {
  readonly statement: StatementMeasured;
  /** The product at the highest rate that held; undefined when none of the probes did. */
  readonly highest: Measured | undefined;
  /** Both at the same rate. */
  readonly bare: Measured;
  readonly product: Measured;
  /** The product at 200 checks a second. */
  readonly calm: Measured;
  readonly naive: Measured;
}

export const calmRate = 200;
const naiveRate = 100;
const naiveSeconds = 3;
const probeSeconds = { usual: 3, quick: 2 } as const;
const leastAchieved = 0.98;
const climbing = { from: 200, factor: 1.35 } as const;
const probes = { usual: 4, quick: 3 } as const;

/** Everything was answered, as fast as it came, and 99 in 100 within their time. */
export const heldRate = ({ tail, failures, answeredInTime, offered }: Measured): boolean =>
  tail.p99 <= longestP99Ms && Object.keys(failures).length === 0 && answeredInTime >= offered * leastAchieved;

/** The rounds of a run: A B A B, each measured anew while something disturbs it. */
export class Rounds {
  private guess = 0;
  private evenRate = 0;

  constructor(
    private readonly measuring: Measuring,
    private readonly options: BenchOptions,
    private readonly patience: Patience,
    private readonly say: Say,
  ) {}

  /** Warms everything up, and finds about how much the product can take. */
  async warmUp(): Promise<void> {
    for (const side of ['bare', 'naive', 'product'] as const) await this.warmUpOne(side);
    const seconds = this.options.quick ? 1.5 : 2.5;
    const probe: Probe = async (rate) => heldRate(await this.load({ side: 'product', ratePerSecond: rate, seconds }));
    const { holds, fails } = await climb(probe, climbing.from, climbing.factor);
    this.guess = Math.round(Math.sqrt(Math.max(holds, climbing.from / 2) * fails));
    this.evenRate = this.options.rate ?? Math.max(calmRate / 2, Math.round(this.guess / 2 / 10) * 10);
    this.say(`  the product takes about ${this.guess} checks a second`);
  }

  private async warmUpOne(side: Side): Promise<void> {
    const { answered, failures } = await this.load({ side, ratePerSecond: 150, seconds: 2 });
    const why = Object.keys(failures).join(', ');
    if (answered === 0) throw new ClearError(`Of the ${side} no check was answered (${why}): is its build up to date?`);
  }

  async round(): Promise<Round> {
    const { seconds } = this.options;
    const { patience, measuring, evenRate } = this;
    const measured = (what: string, load: Omit<Load, 'dropSeconds' | 'seconds'>): Promise<Measured> =>
      patience.undisturbed(what, () => this.load({ seconds, ...load }));
    return {
      statement: await patience.undisturbed('the bare statement', () => measuring.statement(seconds)),
      highest: await this.highest(),
      bare: await measured('bare node:http', { side: 'bare', ratePerSecond: evenRate }),
      product: await measured('the product', { side: 'product', ratePerSecond: evenRate }),
      calm: await measured(`the product at ${calmRate} a second`, { side: 'product', ratePerSecond: calmRate }),
      naive: await this.load({ side: 'naive', ratePerSecond: naiveRate, seconds: naiveSeconds }),
    };
  }

  private async highest(): Promise<Measured | undefined> {
    let best: Measured | undefined;
    const { quick } = this.options;
    const seconds = quick ? probeSeconds.quick : probeSeconds.usual;
    const probe: Probe = async (ratePerSecond) => {
      const measured = await this.patience.undisturbed(`the product at ${ratePerSecond} a second`, () =>
        this.load({ side: 'product', ratePerSecond, seconds }),
      );
      if (heldRate(measured)) best = measured;
      return heldRate(measured);
    };
    const { next } = await seek(probe, this.guess, quick ? probes.quick : probes.usual);
    this.guess = next;
    return best;
  }

  private load(load: Omit<Load, 'dropSeconds'>): Promise<Measured> {
    return this.measuring.window({ ...load, dropSeconds: this.options.dropSeconds });
  }
}
