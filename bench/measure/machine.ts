import { readFileSync } from 'node:fs';
import { allProcesses, cpuOfTree } from './processes';

/** What we run and count apart, by name; the root process of each. */
export type Roots = Readonly<Record<string, number>>;

/** The machine at one instant, everything in milliseconds of processor time. */
export interface Sample {
  readonly at: number;
  readonly ours: Readonly<Record<string, number>>;
  /** Everything that this bench has started, and itself. */
  readonly oursInAll: number;
  readonly busy: number;
  readonly stolen: number;
  readonly inAll: number;
}

/** Between two samples; `foreign` and `steal` are shares of all processor time of the machine. */
export interface Spent {
  readonly elapsedMs: number;
  /** By name; `rest` is the bench itself and what it ran in between. */
  readonly cpuMs: Readonly<Record<string, number>>;
  readonly foreign: number;
  readonly steal: number;
}

/** Interrupts are left out of `busy`: most of them are our own traffic, and nobody can tell whose they are. */
const machineTimes = (): { busy: number; stolen: number; inAll: number } => {
  const line = readFileSync('/proc/stat', 'utf8').split('\n', 1)[0] ?? '';
  const ticks = line.split(/\s+/).slice(1, 9).map(Number);
  const [user = 0, nice = 0, system = 0, , , , , steal = 0] = ticks;
  return { busy: (user + nice + system) * 10, stolen: steal * 10, inAll: ticks.reduce((a, b) => a + b, 0) * 10 };
};

export const sample = (roots: Roots): Sample => {
  const processes = allProcesses();
  const ours = Object.entries(roots).map(([name, pid]) => [name, cpuOfTree(pid, processes)] as const);
  return {
    at: performance.now(),
    ours: Object.fromEntries(ours),
    oursInAll: cpuOfTree(process.pid, processes),
    ...machineTimes(),
  };
};

export const between = (before: Sample, after: Sample): Spent => {
  const inAll = Math.max(1, after.inAll - before.inAll);
  const oursInAll = after.oursInAll - before.oursInAll;
  const named = Object.keys(before.ours).map(
    (name) => [name, (after.ours[name] ?? 0) - (before.ours[name] ?? 0)] as const,
  );
  const rest = oursInAll - named.reduce((sum, [, cpuMs]) => sum + cpuMs, 0);
  return {
    elapsedMs: after.at - before.at,
    cpuMs: { ...Object.fromEntries(named), rest },
    foreign: Math.max(0, after.busy - before.busy - oursInAll) / inAll,
    steal: (after.stolen - before.stolen) / inAll,
  };
};
