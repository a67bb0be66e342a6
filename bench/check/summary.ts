import { median, tailOf, type Tail } from '../measure/percentiles';
import type { CheckResult } from './check-bench';
import { goals, verdictOn, type Verdict } from './goals';
import type { Cost, Measured, StatementMeasured } from './measured';
import type { Round } from './rounds';

/** One line of the table: several windows of one kind together. */
export interface Line {
  readonly what: string;
  readonly ratePerSecond: number;
  readonly tail: Tail;
  /** Processor time a check, milliseconds. */
  readonly appMs: number | undefined;
  readonly postgresMs: number;
  readonly clientMs: number;
  readonly walBytes: number;
  readonly commits: number;
  readonly failures: number;
}

const sumOf = <T>(all: readonly T[], of: (each: T) => number): number => all.reduce((sum, each) => sum + of(each), 0);

/** Windows that nothing disturbed; all of them when there is none. */
export const undisturbed = <T extends Pick<Cost, 'disturbed'>>(all: readonly T[]): readonly T[] => {
  const calm = all.filter(({ disturbed }) => !disturbed);
  return calm.length > 0 ? calm : all;
};

const costOf = (windows: readonly Cost[]) => {
  const checks = sumOf(windows, (each) => each.checks);
  const cpu = (name: string): number => sumOf(windows, ({ spent }) => spent.cpuMs[name] ?? 0) / checks;
  return {
    cpu,
    postgresMs: cpu('postgres'),
    walBytes: sumOf(windows, ({ written }) => written.walBytes) / checks,
    commits: sumOf(windows, ({ written }) => written.commits) / checks,
  };
};

const appOf = { product: 'web', bare: 'bare', naive: 'naive' } as const;

const loadLine = (what: string, all: readonly (Measured | undefined)[]): Line | undefined => {
  const windows = undisturbed(all.filter((each) => each !== undefined));
  const [first] = windows;
  if (!first) return undefined;
  const { cpu, ...cost } = costOf(windows);
  return {
    what,
    ratePerSecond: median(windows.map(({ achievedPerSecond }) => achievedPerSecond)),
    tail: tailOf(windows.flatMap(({ latenciesMs }) => [...latenciesMs])),
    appMs: cpu(appOf[first.side]),
    clientMs: cpu('generator'),
    ...cost,
    failures: sumOf(windows, ({ offered, answered }) => offered - answered),
  };
};

const statementLine = (what: string, all: readonly StatementMeasured[]): Line => {
  const windows = undisturbed(all);
  const { cpu, ...cost } = costOf(windows);
  const tail = { p50: medianOf(windows, 'p50'), p99: medianOf(windows, 'p99'), p999: medianOf(windows, 'p999') };
  const ratePerSecond = median(windows.map((each) => each.ratePerSecond));
  return { what, ratePerSecond, tail, appMs: undefined, clientMs: cpu('rest'), ...cost, failures: 0 };
};

const medianOf = (windows: readonly StatementMeasured[], of: keyof Tail): number =>
  median(windows.map(({ tail }) => tail[of]));

/** The table: the bare statement first, then what is built on it. */
export const linesOf = ({ rounds, statementTool }: CheckResult): Line[] =>
  [
    statementLine(
      `bare statement, 16 clients, ${statementTool}`,
      rounds.map(({ statement }) => statement),
    ),
    loadLine(
      'full check, highest rate with p99 ≤ 50 ms',
      rounds.map(({ highest }) => highest),
    ),
    loadLine(
      'full check',
      rounds.map(({ product }) => product),
    ),
    loadLine(
      'bare node:http, same rate',
      rounds.map(({ bare }) => bare),
    ),
    loadLine(
      'full check, 200 a second',
      rounds.map(({ calm }) => calm),
    ),
    loadLine(
      'naive: ORM, begin … commit',
      rounds.map(({ naive }) => naive),
    ),
  ].filter((line) => line !== undefined);

const cpuMsPerCheck = ({ spent, checks, side }: Measured): number =>
  ((spent.cpuMs[appOf[side]] ?? 0) + (spent.cpuMs['postgres'] ?? 0)) / checks;

/** Ratios pair by pair: only a pair of which neither side was disturbed counts, as long as there is one. */
const ratios = (rounds: readonly Round[], of: (round: Round) => { ratio: number; disturbed: boolean }): number[] =>
  undisturbed(rounds.map(of)).map(({ ratio }) => ratio);

export const capacityRatios = (rounds: readonly Round[]): number[] =>
  ratios(rounds, ({ highest, statement }) => ({
    ratio: (highest?.ratePerSecond ?? 0) / statement.ratePerSecond,
    disturbed: statement.disturbed || highest?.disturbed === true,
  }));

export const cpuRatios = (rounds: readonly Round[]): number[] =>
  ratios(rounds, ({ product, bare }) => ({
    ratio: cpuMsPerCheck(product) / cpuMsPerCheck(bare),
    disturbed: product.disturbed || bare.disturbed,
  }));

/** The goals of performance.md that a check answers for. */
export const verdictsOn = ({ rounds, tripsPerCheck }: CheckResult): Verdict[] => {
  const calm = loadLine(
    '',
    rounds.map((round) => round.calm),
  );
  return [
    verdictOn(goals.g1, median(capacityRatios(rounds))),
    verdictOn(goals.g2, median(cpuRatios(rounds))),
    verdictOn(goals.g4, calm && calm.failures === 0 ? calm.tail.p99 : Number.NaN),
    verdictOn(goals.g7Wal, calm?.walBytes ?? Number.NaN),
    verdictOn(goals.g7Commits, calm?.commits ?? Number.NaN),
    verdictOn(goals.g7Trips, tripsPerCheck),
  ];
};
