import { lsnNow, writtenBetween, type Lsn, type Written } from '../database/counters';
import type { Seen } from '../load/messages';
import { between, sample, type Sample, type Spent } from '../measure/machine';
import { tailOf, type Tail } from '../measure/percentiles';
import type { BenchOptions } from '../options';
import type { StatementRun } from '../variants/pgbench';
import type { Stage } from './stage';

export type Side = 'product' | 'bare' | 'naive';

/** What a window cost, and whether strangers or the host disturbed it. */
export interface Cost {
  readonly spent: Spent;
  readonly written: Written;
  /** Checks that were answered while it was counted. */
  readonly checks: number;
  readonly disturbed: boolean;
}

/** One window of load on one side, without its first seconds. */
export interface Measured extends Seen, Cost {
  readonly side: Side;
  readonly ratePerSecond: number;
  readonly achievedPerSecond: number;
  readonly tail: Tail;
}

export type StatementMeasured = StatementRun & Cost;

export interface Load {
  readonly side: Side;
  readonly ratePerSecond: number;
  readonly seconds: number;
  readonly dropSeconds: number;
}

/** Measures windows on a stage; each draws its own people and arrivals from the run's seed. */
export class Measuring {
  private windows = 0;
  private marks: { readonly sample: Sample; readonly lsn: Lsn }[] = [];

  constructor(
    private readonly stage: Stage,
    private readonly options: BenchOptions,
  ) {}

  /** One window of open-loop load. */
  async window(load: Load): Promise<Measured> {
    const { generator, tokens, oracleFile } = this.stage;
    this.windows += 1;
    const order = {
      ...load,
      tokens,
      port: this.stage[load.side].port,
      path: '/checks',
      seed: this.options.seed + this.windows,
      ...(load.side === 'product' && { oracleFile }),
    };
    const mark = (): Promise<void> => this.mark();
    const seen = await generator.run(order, mark, mark);
    const cost = await this.cost(seen.answeredInTime);
    const achievedPerSecond = seen.answeredInTime / (cost.spent.elapsedMs / 1000);
    return { ...load, ...seen, ...cost, achievedPerSecond, tail: tailOf(seen.latenciesMs) };
  }

  /** One run of the bare statement, as fast as its clients can. */
  async statement(seconds: number): Promise<StatementMeasured> {
    await this.mark();
    const run = await this.stage.statement(seconds);
    await this.mark();
    return { ...run, ...(await this.cost(run.answered)) };
  }

  private async mark(): Promise<void> {
    this.marks.push({ sample: sample(this.stage.roots), lsn: await lsnNow(this.stage.database.owner) });
  }

  private async cost(checks: number): Promise<Cost> {
    const [before, after] = this.marks.splice(0);
    if (!before || !after) throw new Error('a window has a beginning and an end');
    const spent = between(before.sample, after.sample);
    const { mostForeign, mostSteal } = this.options;
    const disturbed = spent.foreign > mostForeign || spent.steal > mostSteal;
    const written = await writtenBetween(this.stage.database.owner, before.lsn, after.lsn);
    return { spent, written, checks, disturbed };
  }
}
