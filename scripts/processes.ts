import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

/** A process that can be told from a later one that got the same number. */
export type KnownProcess = { readonly pid: number; readonly started: string };

const startedFromProc = (pid: number): string | undefined => {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    return fields[0] === 'Z' ? undefined : fields[19];
  } catch {
    return undefined;
  }
};

const startedFromPs = (pid: number): string | undefined =>
  spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).stdout?.trim() || undefined;

const startOf = (pid: number): string | undefined =>
  process.platform === 'linux' ? startedFromProc(pid) : startedFromPs(pid);

/** Remembers a running process; undefined when it is gone. */
export const know = (pid: number): KnownProcess | undefined => {
  const started = startOf(pid);
  return started ? { pid, started } : undefined;
};

export const isAlive = (known: KnownProcess): boolean => startOf(known.pid) === known.started;

const signal = (known: KnownProcess, name: NodeJS.Signals): void => {
  try {
    if (isAlive(known)) process.kill(known.pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
};

const goneWithin = async (known: KnownProcess, seconds: number): Promise<boolean> => {
  for (const until = Date.now() + seconds * 1000; Date.now() < until; await pause(50)) if (!isAlive(known)) return true;
  return !isAlive(known);
};

export type Stopping = { readonly signal?: NodeJS.Signals; readonly withinSeconds?: number };

/** Asks a process to end and waits; past its time it is killed. */
export const stopProcess = async (known: KnownProcess, how: Stopping = {}): Promise<void> => {
  signal(known, how.signal ?? 'SIGTERM');
  if (await goneWithin(known, how.withinSeconds ?? 10)) return;
  signal(known, 'SIGKILL');
  await goneWithin(known, 5);
};

/** Waits until a process has ended, or until there is no reason to wait any longer. */
export const untilGone = async (known: KnownProcess, enough: () => boolean = () => false): Promise<void> => {
  while (isAlive(known) && !enough()) await pause(100);
};

export type Launch = {
  readonly command: string;
  readonly args: readonly string[];
  readonly logFile: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  readonly user?: { readonly uid: number; readonly gid: number } | undefined;
  readonly stopSignal?: NodeJS.Signals;
};

const launched: { readonly known: KnownProcess; readonly stopSignal: NodeJS.Signals }[] = [];

/** Stops everything that this process has launched and that still runs. */
export const stopLaunched = async (): Promise<void> => {
  await Promise.all(launched.map(({ known, stopSignal }) => stopProcess(known, { signal: stopSignal })));
};

/**
 * Starts a process that writes to a log file. It leads a process group of its own, so that Ctrl-C in the terminal
 * reaches the launcher alone and the launcher can stop things in the right order.
 */
export const launch = (what: Launch): ChildProcess => {
  const log = openSync(what.logFile, 'a');
  try {
    const child = spawnInto(log, what);
    const known = child.pid ? know(child.pid) : undefined;
    if (known) launched.push({ known, stopSignal: what.stopSignal ?? 'SIGTERM' });
    return child;
  } finally {
    closeSync(log);
  }
};

const spawnInto = (log: number, { command, args, env, cwd, user }: Launch): ChildProcess =>
  spawn(command, args, {
    detached: true,
    stdio: ['ignore', log, log],
    env: env ?? process.env,
    ...(cwd ? { cwd } : {}),
    ...user,
  });

/** The last lines of a log file, or nothing. */
export const tailOf = (logFile: string, lines = 12): string => {
  try {
    return readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-lines).join('\n');
  } catch {
    return '';
  }
};
