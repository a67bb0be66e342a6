import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { readJson, writeJson } from '../../scripts/json-file';
import { isAlive, know, stopProcess } from '../../scripts/processes';
import type { KnownProcess } from '../../scripts/processes';

// One test run has one folder in the temporary folder: the servers that the run started, their data and their logs.
const prefix = 'cpis-test-';
const setting = 'CPIS_TEST_FOLDER';
const owner = 'run-owner.json';
const serverFile = /\.server\.json$/;

/** The folder of this test run. @throws when there is none: the global set-up has not run. */
export const runFolder = (): string => {
  const folder = process.env[setting];
  if (!folder) throw new Error('The global set-up of the tests has not run: start them with npm test or npx jest.');
  return folder;
};

/** Makes the folder of a new run, and ends what earlier runs that were killed left behind. */
export const openRun = async (): Promise<string> => {
  await sweep();
  const folder = mkdtempSync(join(tmpdir(), prefix));
  chmodSync(folder, 0o755); // PostgreSQL may run as another user
  writeJson(join(folder, owner), know(process.pid) ?? {});
  process.env[setting] = folder;
  return folder;
};

/** Stops every server that the run started and removes its folder. */
export const closeRun = (): Promise<void> => end(runFolder());

const sweep = async (): Promise<void> => {
  for (const name of readdirSync(tmpdir()).filter((each) => each.startsWith(prefix))) {
    const folder = join(tmpdir(), name);
    const by = readJson<KnownProcess>(join(folder, owner));
    if (by && !isAlive(by)) await end(folder);
  }
};

const end = async (folder: string): Promise<void> => {
  const files = readdirSync(folder).filter((name) => serverFile.test(name));
  const servers = files.map((name) => readJson<{ readonly server: KnownProcess }>(join(folder, name))?.server);
  await Promise.all(servers.map((server) => (server ? stopProcess(server, { signal: 'SIGINT' }) : undefined)));
  rmSync(folder, { recursive: true, force: true });
};

type Started<T> = { readonly server: KnownProcess; readonly told: T };

/**
 * Starts a server the first time any suite of the run asks for it, and tells every later one about the same server.
 * `start` gives its process and what suites need to know; the end of the run stops it.
 */
export const onceARun = async <T extends object>(
  name: string,
  start: () => Promise<T & { pid: number }>,
): Promise<T> => {
  const file = join(runFolder(), `${name}.server.json`);
  const lock = join(runFolder(), `${name}.starting`);
  for (;;) {
    const known = readJson<Started<T>>(file);
    if (known) return known.told;
    if (took(lock)) break;
    await pause(100);
  }
  try {
    const told = await start();
    const server = know(told.pid);
    if (!server) throw new Error(`${name} ended as soon as it was started.`);
    writeJson(file, { server, told } satisfies Started<T>);
    return told;
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
};

const took = (lock: string): boolean => {
  if (existsSync(lock)) return false;
  try {
    mkdirSync(lock);
    return true;
  } catch {
    return false;
  }
};
