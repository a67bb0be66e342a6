import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ClearError, isDiskFull } from './clear-error';
import { longStep } from './patience';
import type { Say } from './patience';
import { checkout, inData } from './places';
import { know, launch, stopProcess, tailOf, untilGone } from './processes';
import { noteRunning } from './running';
import type { Started } from './supervisor';

type ProductProcess = 'web' | 'worker' | 'migrate';
const files = { web: 'main.js', worker: 'worker.js', migrate: 'migrate.js' } as const satisfies Record<
  ProductProcess,
  string
>;
const entry = (name: ProductProcess): string => join(checkout, 'dist', 'src', files[name]);
const sources = ['src', 'workflows', '.swcrc', 'package.json'];

/** The log file of one of our processes. */
export const logOf = (name: string): string => inData('logs', `${name}.log`);

const newest = (path: string): number => {
  const found = statSync(path);
  if (!found.isDirectory()) return found.mtimeMs;
  return Math.max(found.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
};

const isBuilt = (): boolean => {
  const made = join(checkout, 'dist', 'workflow-bundle.js');
  if (!existsSync(made) || !existsSync(entry('web'))) return false;
  return statSync(made).mtimeMs > Math.max(...sources.map((name) => newest(join(checkout, name))));
};

/** Builds the product when the sources are newer than the last build. @throws ClearError when it does not build. */
export const buildWhenNeeded = async (say: Say): Promise<void> => {
  if (isBuilt()) return;
  say('Building.');
  const { failure } = await longStep({ title: 'building', command: 'npm', args: ['run', '--silent', 'build'], say });
  if (failure) throw new ClearError(`The product does not build (${failure}): npm run build shows more.`);
};

const saidWhy = /could not|cannot|can't|error|fatal|"level":[56]0/i;

/** Why a process ended, in its own words: the message of a JSON line, or the line. */
const lastWords = (name: ProductProcess): string => {
  const lines = tailOf(logOf(name), 60).split('\n');
  const sentence = lines.findLast((line) => line.startsWith('The ') && line.includes(' could not '));
  const line = sentence ?? lines.findLast((each) => saidWhy.test(each)) ?? lines.at(-1) ?? '';
  try {
    const { msg, err } = JSON.parse(line) as { readonly msg?: string; readonly err?: { readonly message?: string } };
    return err?.message ?? msg ?? line;
  } catch {
    return line.trim();
  }
};

const stopped = (name: ProductProcess): ClearError => {
  const said = lastWords(name);
  if (isDiskFull(said)) return new ClearError('The disk is full: free some space and start again.');
  const sentence = said.startsWith('The ') ? said : `The ${name} process stopped while starting: ${said}`;
  return new ClearError(`${sentence.replace(/\.?$/, '.')} Its log is ${logOf(name)}.`);
};

/** Starts one of the product's processes from the build. */
const run = (name: ProductProcess, environment: NodeJS.ProcessEnv): Started => {
  const args = ['--enable-source-maps', entry(name)];
  const child = launch({ command: process.execPath, args, logFile: logOf(name), env: environment, cwd: checkout });
  child.once('error', () => undefined);
  const known = child.pid ? know(child.pid) : undefined;
  if (!known) throw stopped(name);
  noteRunning({ children: { [name]: known } });
  return { pid: known.pid, stop: () => stopProcess(known, { withinSeconds: 25 }) };
};

/** Brings the database to this version and loads the reference data; quick when there is nothing to do. */
export const migrate = async (environment: NodeJS.ProcessEnv): Promise<void> => {
  const args = ['--enable-source-maps', entry('migrate')];
  const child = launch({ command: process.execPath, args, logFile: logOf('migrate'), env: environment, cwd: checkout });
  const code = await new Promise((resolve) => child.once('close', resolve).once('error', () => resolve(1)));
  if (code !== 0) throw stopped('migrate');
};

/** The worker process. Without Temporal it still relays and watches, and works when Temporal comes. */
export const startWorker = (environment: NodeJS.ProcessEnv) => async (): Promise<Started> => run('worker', environment);

const webPatienceSeconds = 90;

const ended = async (pid: number): Promise<'gone'> => {
  const known = know(pid);
  if (known) await untilGone(known);
  return 'gone';
};

/** The web process; resolves when it answers. @throws ClearError when it does not. */
export const startWeb = (environment: NodeJS.ProcessEnv, port: number) => async (): Promise<Started> => {
  const web = run('web', environment);
  const gone = ended(web.pid);
  for (const until = Date.now() + webPatienceSeconds * 1000; Date.now() < until;) {
    const live = fetch(`http://127.0.0.1:${port}/health/live`, { signal: AbortSignal.timeout(2000) });
    const outcome = await Promise.race([
      gone,
      live.then(
        ({ ok }) => ok,
        () => false,
      ),
    ]);
    if (outcome === 'gone') throw stopped('web');
    if (outcome) return web;
    await pause(100);
  }
  await web.stop();
  throw new ClearError(`The web process did not answer within ${webPatienceSeconds} s; its log is ${logOf('web')}.`);
};
