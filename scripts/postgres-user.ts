import { spawnSync } from 'node:child_process';
import { chownSync, existsSync, lstatSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ClearError } from './clear-error';
import { reachableFolders } from './places';

/** The user that PostgreSQL runs as; undefined means: as we do. */
export type PostgresUser = { readonly uid: number; readonly gid: number } | undefined;

const isRoot = (): boolean => process.getuid?.() === 0;

const numberOf = (flag: string, name: string): number | undefined => {
  const { status, stdout } = spawnSync('id', [flag, name], { encoding: 'utf8' });
  return status === 0 ? Number(stdout.trim()) : undefined;
};

const userNamed = (name: string): PostgresUser => {
  const uid = numberOf('-u', name);
  const gid = numberOf('-g', name);
  return uid === undefined || gid === undefined ? undefined : { uid, gid };
};

const makeUser = (): PostgresUser => {
  const useradd = ['useradd', '--system', '--user-group', '--no-create-home', '--shell', '/bin/false', 'postgres'];
  for (const [command = '', ...args] of [useradd, ['adduser', '-S', '-D', '-H', 'postgres']]) {
    if (spawnSync(command, args).status === 0) return userNamed('postgres');
  }
  return undefined;
};

/** PostgreSQL refuses to run as root: root finds, makes or borrows another user; data that exists keeps its owner. */
export const postgresUser = (data: string): PostgresUser => {
  if (!isRoot()) return undefined;
  const owner = existsSync(join(data, 'PG_VERSION')) ? statSync(data) : undefined;
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const user = userNamed('postgres') ?? makeUser() ?? userNamed('nobody');
  if (user) return user;
  throw new ClearError(
    'PostgreSQL refuses to run as root and no other user could be made: run this as another user, or set DATABASE_URL.',
  );
};

/** Whether the command answers when that user runs it. Really tried, since any folder above may be closed to them. */
export const canRun = (user: PostgresUser, command: string, ...args: readonly string[]): boolean =>
  spawnSync(command, args, { ...user, cwd: '/', stdio: 'ignore', timeout: 20_000 }).status === 0;

/** Makes a folder that belongs to the user, and tells whether they can really reach and write it. */
export const canOwn = (user: PostgresUser, folder: string): boolean => {
  mkdirSync(folder, { recursive: true });
  if (user) chownSync(folder, user.uid, user.gid);
  return canRun(user, 'test', '-w', folder, '-a', '-x', folder);
};

const isOurs = (folder: string): boolean => {
  const found = lstatSync(folder);
  return found.isDirectory() && found.uid === process.getuid?.();
};

/** The first folder outside the home that anybody can reach and only we can write. @throws ClearError when none is. */
export const outsideFolder = (user: PostgresUser): string => {
  for (const base of reachableFolders()) {
    const folder = join(base, 'cpis-bridge');
    try {
      mkdirSync(folder, { recursive: true, mode: 0o755 });
      if (isOurs(folder) && canRun(user, 'test', '-x', folder)) return folder;
    } catch {
      // not writable here: the next one may be
    }
  }
  throw new ClearError(
    'PostgreSQL runs as another user than root, who can reach neither this checkout nor /var/lib nor the temporary folder: move the checkout out of the closed folder, or set DATABASE_URL.',
  );
};
