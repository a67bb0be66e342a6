import { lsnNow, writtenBetween, type Lsn, type Written } from '../database/counters';
import type { Seen } from '../load/messages';
import { between, sample, type Sample, type Spent } from '../measure/machine';
import { tailOf, type Tail } from '../measure/percentiles';
import type { BenchOptions } from '../options';
import type { Stage } from './stage';

export type Side = 'product' | 'bare' | 'naive';

/** One window of load on one side, everything without its first seconds. */
export interface Measured extends Omit<Seen, 'latenciesMs'> {
  readonly side: Side;
  readonly ratePerSecond: number;
  readonly achievedPerSecond: number;
  readonly latenciesMs: Float64Array;
  readonly tail: Tail;
  readonly spent: Spent;
  readonly written: Written;
  /** Disturbed by strangers or by the host. */
  readonly disturbed: boolean;
}

export interface Load {
  readonly side: Side;
  readonly ratePerSecond: number;
  readonly seconds: number;
  readonly dropSeconds: number;
}

/** Measures windows on a stage; each draws its own people and arrivals from the run's seed. */
export class Measuring {
  private windows = 0;

  constructor(
    private readonly stage: Stage,
    private readonly options: BenchOptions,
  ) {}

  async window(load: Load): Promise<Measured> {
    const { generator, roots, database, tokens, oracleFile } = this.stage;
    const samples: Sample[] = [];
    const places: Lsn[] = [];
    const mark = async (): Promise<void> => {
      samples.push(sample(roots));
      places.push(await lsnNow(database.owner));
    };
    const order = {
      ...load,
      tokens,
      port: this.stage[load.side].port,
      path: '/checks',
      seed: this.options.seed + (this.windows += 1),
      ...(load.side === 'product' && { oracleFile }),
    };
    const seen = await generator.run(order, mark, mark);
    const [before, after] = samples;
    const [from, to] = places;
    if (!before || !after || !from || !to) throw new Error('the load generator did not tell when its window ended');
    const spent = between(before, after);
    return {
      ...seen,
      side: load.side,
      ratePerSecond: load.ratePerSecond,
      achievedPerSecond: seen.answeredInTime / (spent.elapsedMs / 1000),
      tail: tailOf(seen.latenciesMs),
      spent,
      written: await writtenBetween(database.owner, from, to),
      disturbed: this.isDisturbed(spent),
    };
  }

  isDisturbed({ foreign, steal }: Spent): boolean {
    return foreign > this.options.mostForeign || steal > this.options.mostSteal;
  }
}
