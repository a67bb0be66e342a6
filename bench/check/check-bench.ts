import { countStatements, durability } from '../database/counters';
import { memoryOf, sharedMemoryOf } from '../measure/processes';
import type { BenchOptions } from '../options';
import { proveCorrect, type Correctness } from './correctness';
import { Measuring, type Measured } from './measured';
import { Patience, type ThrownAway } from './patience';
import { calmRate, Rounds, type Round } from './rounds';
import { setStage, type Say, type Stage } from './stage';

/** All that one run found out. */
export interface CheckResult {
  readonly seed: number;
  /** When everything was warm: microseconds of the machine's monotonic clock. */
  readonly measuredFromUs: number;
  readonly statementTool: string;
  readonly durability: Readonly<Record<string, string>>;
  readonly rounds: readonly Round[];
  readonly thrownAway: readonly ThrownAway[];
  readonly tripsPerCheck: number;
  /** Just after a checkpoint every page that is touched is logged whole once. */
  readonly afterCheckpoint: Measured;
  readonly memory: Memory;
  readonly correctness: Correctness;
}

/** Megabytes. */
export interface Memory {
  readonly webRss: number;
  readonly webPeak: number;
  readonly bareRss: number;
  readonly postgres: number;
}

/** One run: sets the stage, measures pair by pair, proves that nothing was lost, stops everything. */
export const benchCheck = async (
  options: BenchOptions,
  stack: AsyncDisposableStack,
  say: Say,
): Promise<CheckResult> => {
  const began = performance.now();
  const stage = await setStage(options, stack, say);
  const measuring = new Measuring(stage, options);
  const patience = new Patience(options.retries, say);
  const rounds = new Rounds(measuring, options, patience, say);
  say('Warming up.');
  await rounds.warmUp();
  const measuredFromUs = Number(process.hrtime.bigint() / 1000n);
  const done: Round[] = [];
  while (done.length < options.pairs && performance.now() - began < options.limitSeconds * 1000) {
    say(`Pair ${done.length + 1} of ${options.pairs}.`);
    done.push(await rounds.round());
  }
  say('Counting round trips, and what a checkpoint costs.');
  const tripsPerCheck = await countTrips(stage, measuring);
  await stage.database.owner.query('checkpoint');
  const afterCheckpoint = await measuring.window({
    side: 'product',
    ratePerSecond: calmRate,
    seconds: 3,
    dropSeconds: 0,
  });
  say('Holding what was told against what is stored.');
  return {
    seed: options.seed,
    measuredFromUs,
    statementTool: stage.statementTool,
    durability: await durability(stage.database.owner),
    rounds: done,
    thrownAway: patience.thrownAway,
    tripsPerCheck,
    afterCheckpoint,
    memory: memoryNow(stage),
    correctness: await proveCorrect(stage.database.owner, stage.oracleFile),
  };
};

const countTrips = async (stage: Stage, measuring: Measuring): Promise<number> => {
  let checks = 0;
  const statements = await countStatements(stage.database.owner, async () => {
    const { answered } = await measuring.window({
      side: 'product',
      ratePerSecond: calmRate,
      seconds: 4,
      dropSeconds: 0,
    });
    checks = answered;
  });
  return statements / checks;
};

const memoryNow = ({ product, bare, database }: Stage): Memory => {
  const { rssMb, peakMb } = memoryOf(product.pid);
  return { webRss: rssMb, webPeak: peakMb, bareRss: memoryOf(bare.pid).rssMb, postgres: sharedMemoryOf(database.pid) };
};
