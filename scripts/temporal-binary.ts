import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { ClearError } from './clear-error';
import { longStep } from './patience';
import type { Say } from './patience';
import { inCache } from './places';

/** The last version of the command-line tool that `go install` takes: later ones carry a `replace` line. */
const goPackage = 'github.com/temporalio/cli/cmd/temporal@v1.5.1';
const downloadScript = join(__dirname, 'temporal-download.ts');
const register = join(__dirname, 'register.cjs');

const hasDevServer = (file: string): boolean =>
  spawnSync(file, ['server', 'start-dev', '--help'], { stdio: 'ignore', timeout: 30_000 }).status === 0;

const fromSetting = (): string | undefined => {
  const file = process.env['TEMPORAL_CLI_PATH'];
  if (!file) return undefined;
  if (hasDevServer(file)) return file;
  throw new ClearError(`TEMPORAL_CLI_PATH names ${file}, which is not a Temporal command-line tool that runs here.`);
};

const onPath = (): string | undefined =>
  (process.env['PATH'] ?? '')
    .split(delimiter)
    .filter(Boolean)
    .map((folder) => join(folder, 'temporal'))
    .find((file) => existsSync(file) && hasDevServer(file));

const cachedFile = (): string => join(inCache('bin'), 'temporal');
const fromCache = (): string | undefined => {
  const file = cachedFile();
  return existsSync(file) && hasDevServer(file) ? file : undefined;
};

/** Works in a folder of its own and moves the finished tool into the cache, so that no half of one is ever used. */
const intoCache = async (fetch: (folder: string) => Promise<string | undefined>): Promise<string | undefined> => {
  const folder = mkdtempSync(join(inCache('bin'), 'getting-'));
  try {
    const failure = await fetch(folder);
    const file = readdirSync(folder)
      .map((name) => join(folder, name))
      .find(hasDevServer);
    if (failure || !file) return failure ?? 'it brought nothing that runs here';
    renameSync(file, cachedFile());
    return undefined;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const bytesIn = (folder: string): number =>
  readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);

const download =
  (say: Say) =>
  (folder: string): Promise<string | undefined> => {
    let seen = 0;
    const giveUp = (): string | undefined => {
      const bytes = bytesIn(folder);
      const stalled = bytes === seen;
      seen = bytes;
      return stalled ? 'nothing came for ten seconds' : undefined;
    };
    const title = 'downloading the Temporal dev server';
    const args = ['-r', register, downloadScript, folder];
    return longStep({ title, command: process.execPath, args, say, giveUp }).then(({ failure }) => failure);
  };

const goInstall =
  (say: Say) =>
  async (folder: string): Promise<string | undefined> => {
    const title = 'building the Temporal dev server, once, about six minutes of processor time';
    const env = { ...process.env, GOBIN: folder };
    return (await longStep({ title, command: 'go', args: ['install', goPackage], env, say })).failure;
  };

/**
 * The Temporal command-line tool: TEMPORAL_CLI_PATH, then the PATH, then our cache, then the SDK's download, then Go.
 * What is fetched stays in the cache for every later start. @throws ClearError that names all the ways.
 */
export const temporalBinary = async (say: Say): Promise<string> => {
  const found = fromSetting() ?? onPath() ?? fromCache();
  if (found) return found;
  say('Getting the Temporal dev server (once): trying the SDK’s download.');
  const noDownload = await intoCache(download(say));
  if (!noDownload) return cachedFile();
  say(`The download is not possible (${noDownload}): building it with Go instead.`);
  const noBuild = await intoCache(goInstall(say));
  if (!noBuild) return cachedFile();
  throw new ClearError(
    `No Temporal dev server could be had. Any one of these will do: set TEMPORAL_ADDRESS to a running server; set TEMPORAL_CLI_PATH to the temporal tool; put temporal on the PATH; put it at ${cachedFile()}; allow the SDK’s download (now: ${noDownload}); install Go, so that it can be built (now: ${noBuild}).`,
  );
};
