import { cpus } from 'node:os';
import type { CheckResult } from './check-bench';
import type { Verdict } from './goals';
import { capacityRatios, cpuRatios, linesOf, verdictsOn, type Line } from './summary';

const digits = (value: number | undefined, places: number): string =>
  value === undefined ? '–' : value.toFixed(places);

/** Rows of cells as aligned text, the first column to the left. */
const table = (rows: readonly (readonly string[])[]): string[] => {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const aligned = (cell: string, column: number): string =>
    column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0);
  return rows.map((row) => `  ${row.map(aligned).join('  ')}`.trimEnd());
};

const heads = [
  '',
  'checks/s',
  'p50 ms',
  'p99',
  'p99.9',
  'CPU-ms app',
  'postgres',
  'client',
  'WAL B',
  'commits',
  'failed',
];

const cells = ({ what, ratePerSecond, tail, ...line }: Line): string[] => [
  what,
  digits(ratePerSecond, 0),
  ...[tail.p50, tail.p99, tail.p999].map((ms) => digits(ms, 1)),
  digits(line.appMs, 2),
  digits(line.postgresMs, 2),
  digits(line.clientMs, 2),
  digits(line.walBytes, 0),
  digits(line.commits, 2),
  String(line.failures),
];

const places = ({ unit }: Verdict): number => (unit === 'B' ? 0 : unit === 'ms' ? 1 : 2);
const valueOf = (verdict: Verdict, value: number): string =>
  `${value.toFixed(places(verdict))}${verdict.unit === '×' ? '' : ' '}${verdict.unit}`.trim();

const goalRows = (verdicts: readonly Verdict[]): string[][] => [
  ['', 'measured', 'floor', 'goal', 'stretch', 'reached'],
  ...verdicts.map((verdict) => [
    `${verdict.id} ${verdict.what}`,
    valueOf(verdict, verdict.value),
    String(verdict.floor),
    String(verdict.goal),
    String(verdict.stretch),
    verdict.reached,
  ]),
];

const list = (values: readonly number[], decimals: number): string =>
  values.map((value) => value.toFixed(decimals)).join(' ');

const disturbances = ({ rounds, thrownAway }: CheckResult): string[] => {
  const windows = rounds.flatMap((round) => Object.values(round).filter((each) => each !== undefined));
  const kept = windows.filter(({ disturbed }) => disturbed).length;
  const note = kept > 0 ? ' THE RUN WAS DISTURBED: do not compare its times with others.' : '';
  return [`  windows thrown away ${thrownAway.length}; disturbed ones kept ${kept} of ${windows.length}.${note}`];
};

const correctnessLines = ({ correctness: found }: CheckResult): string[] => [
  `Correctness: ${found.holds ? 'holds' : 'DOES NOT HOLD'}`,
  `  sent ${found.sent}, acknowledged ${found.acknowledged} = stored ${found.stored}, stored unacknowledged ${found.unacknowledged}, doubles ${found.doubles}`,
  `  plans told in alerting checks ${found.found} = notices ${found.notices}, checks with other notices ${found.astray}, wrong answers ${found.wrong}`,
];

const setting = ({ durability, seed, rounds }: CheckResult): string => {
  const { server_version: version, ...settings } = durability;
  const durable = Object.entries(settings).map(([name, value]) => `${name}=${value}`);
  const machine = `${cpus().length} × ${cpus()[0]?.model ?? 'processor'}, Node ${process.versions.node}, PostgreSQL ${version}`;
  return `  ${machine}; ${durable.join(', ')}; ${rounds.length} pairs; --seed ${seed}`;
};

/** The result for people to read. */
export const reportOf = (result: CheckResult): string => {
  const { memory, rounds, afterCheckpoint, tripsPerCheck } = result;
  const { written, checks } = afterCheckpoint;
  return [
    'POST /checks: open loop, latency from the intended send; 220,000 plans, 5 % of checks find one',
    setting(result),
    '',
    ...table([heads, ...linesOf(result).map(cells)]),
    '',
    `  round trips a check ${tripsPerCheck.toFixed(2)}; WAL a check just after a checkpoint ${(written.walBytes / checks).toFixed(0)} B, of which whole pages ${(written.fullPageBytes / checks).toFixed(0)} B`,
    `  memory: web ${memory.webRss.toFixed(0)} MB (peak ${memory.webPeak.toFixed(0)}), bare handler ${memory.bareRss.toFixed(0)} MB, PostgreSQL ${memory.postgres.toFixed(0)} MB`,
    `  pair by pair: G1 ${list(capacityRatios(rounds), 3)}; G2 ${list(cpuRatios(rounds), 2)}`,
    ...disturbances(result),
    '',
    ...table(goalRows(verdictsOn(result))),
    '',
    ...correctnessLines(result),
  ].join('\n');
};
