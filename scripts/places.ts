import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** The folder of this clone. */
export const checkout = resolve(__dirname, '..');

/** What `npm start` keeps: database, workflows, secrets, logs. `CPIS_DATA_FOLDER` moves it (tests do). */
export const dataFolder = (): string => resolve(process.env['CPIS_DATA_FOLDER'] ?? join(checkout, '.data'));

/** A file or folder inside the data folder; makes the data folder when it is missing. */
export const inData = (...names: readonly string[]): string => {
  mkdirSync(dataFolder(), { recursive: true });
  return join(dataFolder(), ...names);
};

/** A folder of the cache outside the checkout, made when missing: what is fetched once and serves every clone. */
export const inCache = (...names: readonly string[]): string => {
  const base = process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache');
  const folder = join(base, 'cpis-bridge', ...names);
  mkdirSync(folder, { recursive: true });
  return folder;
};

/** Eight hexadecimal characters that tell one folder from another, for names outside the checkout. */
export const shortName = (folder: string): string => createHash('sha256').update(folder).digest('hex').slice(0, 8);

/** Folders that another user of the machine can reach, best first: the first one outlives a restart. */
export const reachableFolders = (): readonly string[] => ['/var/lib', tmpdir(), '/tmp'];
