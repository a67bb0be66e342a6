import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { chromiumPath } from '../test/support/chromium';
import { timeSkippingServer } from '../test/support/time-skipping';
import { runScript, sentenceOf } from './clear-error';
import { readJson } from './json-file';
import { sayAloud } from './patience';
import { checkout } from './places';
import { temporalBinary } from './temporal-binary';

// npm test: the tools that the tests need, npm run check, the build, then every suite in band. With arguments
// (npm test -- test/servers) it runs only jest with them. The last line is always `N passed, N failed`.
type Counts = { readonly passed: number; readonly failed: number };

/** Jest has this long to go once its results are known; a suite that left something running counts as failed. */
const secondsToLeave = 60;

const run = (command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) =>
  spawn(command, args, { cwd: checkout, stdio: 'inherit', env: { ...process.env, ...env } });

const succeeds = (child: ReturnType<typeof run>): Promise<boolean> =>
  new Promise((resolve) => {
    child.once('error', () => resolve(false));
    child.once('close', (code) => resolve(code === 0));
  });

const step = async (title: string, work: () => Promise<boolean>): Promise<Counts> => {
  console.log(`\n== ${title}`);
  const well = await work();
  if (!well) console.error(`${title}: failed.`);
  return { passed: 0, failed: well ? 0 : 1 };
};

const tools = async (): Promise<boolean> => {
  const failures: string[] = [];
  for (const get of [temporalBinary, timeSkippingServer, chromiumPath]) {
    await get(sayAloud).catch((error: unknown) => failures.push(sentenceOf(error)));
  }
  for (const failure of failures) console.error(failure);
  return failures.length === 0;
};

const jest = async (args: readonly string[]): Promise<Counts> => {
  const folder = mkdtempSync(join(tmpdir(), 'cpis-counts-'));
  const file = join(folder, 'counts.json');
  const program = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
  const all = [...program, join(checkout, 'node_modules/jest/bin/jest.js'), '--runInBand', ...args];
  try {
    const child = run(process.execPath, all, { TEST_COUNTS_FILE: file });
    const ended = succeeds(child);
    const left = await Promise.race([ended, lingers(file)]);
    if (left === 'lingers') child.kill('SIGKILL');
    const counts = readJson<Counts>(file) ?? { passed: 0, failed: 1 };
    if (left === true) return counts;
    return { ...counts, failed: counts.failed + (left === 'lingers' ? 1 : 0) || 1 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const lingers = async (countsFile: string): Promise<'lingers'> => {
  while (!existsSync(countsFile)) await unrefPause(1);
  await unrefPause(secondsToLeave);
  console.error(`Jest did not end within ${secondsToLeave} seconds of its last test: a suite left something running.`);
  return 'lingers';
};

const unrefPause = (seconds: number): Promise<void> => pause(seconds * 1000, undefined, { ref: false });

const everything = async (): Promise<readonly Counts[]> => {
  const before = [
    await step('Tools', tools),
    await step('Check', () => succeeds(run('npm', ['run', '--silent', 'check']))),
  ];
  const build = await step('Build', () => succeeds(run('npm', ['run', '--silent', 'build'])));
  if (build.failed) return [...before, build];
  console.log('\n== Tests');
  return [...before, await jest([])];
};

runScript(async () => {
  const args = process.argv.slice(2);
  const counts = args.length ? [await jest(args)] : await everything();
  const sum = (name: keyof Counts) => counts.reduce((total, each) => total + each[name], 0);
  console.log(`${sum('passed')} passed, ${sum('failed')} failed`);
  process.exitCode = sum('failed') > 0 ? 1 : 0;
});
