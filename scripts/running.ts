import { rmSync, writeFileSync } from 'node:fs';
import { ClearError } from './clear-error';
import { readJson, writeJson } from './json-file';
import { inData } from './places';
import { isAlive, know, stopProcess } from './processes';
import type { KnownProcess } from './processes';

/** What `npm start` notes while it runs: who it is, what it started (in order), and the product's settings. */
export type Running = {
  readonly launcher: KnownProcess;
  readonly children: Readonly<Record<string, KnownProcess>>;
  readonly settings: Readonly<Record<string, string>>;
};

const file = (): string => inData('running.json');

/** The note of a start that still runs; undefined when none does. */
export const runningNow = (): Running | undefined => {
  const note = readJson<Running>(file());
  return note && isAlive(note.launcher) ? note : undefined;
};

/** Ends what a start that was itself killed left running, the latest first, and removes its note. */
export const endLeftovers = async (): Promise<void> => {
  const note = readJson<Running>(file());
  if (!note || isAlive(note.launcher)) return;
  for (const child of Object.values(note.children).toReversed()) {
    await stopProcess(child, { signal: child === note.children['postgres'] ? 'SIGINT' : 'SIGTERM' });
  }
  rmSync(file(), { force: true });
};

const refuse = ({ launcher }: Running): never => {
  throw new ClearError(
    `npm start is already running in this checkout (process ${launcher.pid}): stop it with Ctrl-C there first.`,
  );
};

/** Notes that this process is the one that runs. @throws ClearError when another does. */
export const claimCheckout = async (): Promise<void> => {
  const other = runningNow();
  if (other) refuse(other);
  await endLeftovers();
  const launcher = know(process.pid);
  if (!launcher) throw new Error('this process cannot be found');
  const note: Running = { launcher, children: {}, settings: {} };
  try {
    writeFileSync(file(), JSON.stringify(note), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    const winner = (error as NodeJS.ErrnoException).code === 'EEXIST' ? runningNow() : undefined;
    if (winner) refuse(winner);
    throw error;
  }
};

/** Adds to the note. */
export const noteRunning = (more: Partial<Pick<Running, 'children' | 'settings'>>): void => {
  const note = readJson<Running>(file());
  if (note) writeJson(file(), { ...note, ...more, children: { ...note.children, ...more.children } });
};

/** Removes the note: everything has stopped. */
export const releaseCheckout = (): void => rmSync(file(), { force: true });
