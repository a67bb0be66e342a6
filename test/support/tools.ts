import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { ClearError } from '../../scripts/clear-error';
import { longStep } from '../../scripts/patience';
import type { Say } from '../../scripts/patience';

/** Whether a program is on the PATH. */
export const hasProgram = (name: string): boolean =>
  (process.env['PATH'] ?? '').split(delimiter).some((folder) => folder !== '' && existsSync(join(folder, name)));

export type Package = { readonly title: string; readonly names: readonly string[]; readonly say: Say };

/**
 * Installs Debian packages, which root alone can do.
 * @throws ClearError that says how to get the tool when we are not root, have no apt-get or it fails.
 */
export const installPackages = async ({ title, names, say }: Package): Promise<void> => {
  const command = `apt-get install ${names.join(' ')}`;
  if (process.getuid?.() !== 0 || !hasProgram('apt-get')) {
    throw new ClearError(`The tests need ${title}: install it (on Debian or Ubuntu, as root: ${command}).`);
  }
  say(`Installing ${title} (once).`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (...args: string[]) => longStep({ title: `installing ${title}`, command: 'apt-get', args, env, say });
  const listed = await apt('update', '--quiet');
  const { failure } = await apt('install', '--yes', '--quiet', '--no-install-recommends', ...names);
  if (failure) throw new ClearError(`${command} failed (${listed.failure ?? failure}): install ${title} yourself.`);
};

/** Whether a command ends well; its output is of no interest. */
export const works = (command: string, ...args: readonly string[]): boolean =>
  spawnSync(command, args, { stdio: 'ignore', timeout: 60_000 }).status === 0;
