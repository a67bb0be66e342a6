import { spawn, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ClearError } from '../../scripts/clear-error';
import { checkStatement } from '../../src/accesses/check-statement';
import { tailOf, type Tail } from '../measure/percentiles';
import { checkOptions } from './check-options';
import { definitions, pgbenchScript } from './pgbench-script';

export const clients = 16;
const sampled = 0.2;

/** What one run of the bare statement gave; a closed loop, so its latencies are those of 16 clients that wait. */
export interface StatementRun {
  readonly ratePerSecond: number;
  readonly answered: number;
  readonly tail: Tail;
}

/** Runs the statement for so many seconds, the first left out of the rate. */
export type StatementLoad = (seconds: number) => Promise<StatementRun>;

/** As `pgbench --version` says it; undefined when there is none on the PATH. */
export const pgbenchVersion = (): string | undefined => {
  const { status, stdout } = spawnSync('pgbench', ['--version'], { encoding: 'utf8' });
  return status === 0 ? stdout.replace(/ \(Debian.*/, '').trim() : undefined;
};

/** The check's statement in pgbench, prepared, under the role and the settings of the product's check path. */
export const pgbenchLoad = async (checkUrl: string, folder: string): Promise<StatementLoad> => {
  const script = join(folder, 'check.pgbench');
  writeFileSync(script, pgbenchScript(checkStatement));
  const { hostname, port, username, password, pathname } = new URL(checkUrl);
  const { options } = await checkOptions(checkUrl);
  const env = { ...process.env, PGPASSWORD: decodeURIComponent(password), PGOPTIONS: options };
  const defined = Object.entries(definitions).flatMap(([name, value]) => ['-D', `${name}=${value}`]);
  const where = ['-h', hostname, '-p', port, '-U', username, pathname.slice(1)];
  const how = ['-n', '-M', 'prepared', '-c', String(clients), '-j', '2', '-P', '1', '-f', script, ...defined];
  let runs = 0;
  return async (seconds) => {
    const prefix = `pgbench-${(runs += 1)}`;
    const log = ['-l', `--sampling-rate=${sampled}`, '--log-prefix', join(folder, prefix)];
    const output = await run([...how, ...log, '-T', String(seconds + 1), ...where], env);
    return { ...ratesOf(output), tail: tailOf(latenciesOf(folder, prefix)) };
  };
};

const run = (args: readonly string[], env: NodeJS.ProcessEnv): Promise<string> =>
  new Promise((resolve, reject) => {
    const child = spawn('pgbench', args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve(output);
      else reject(new ClearError(`pgbench failed: ${output.trim().split('\n').at(-1) ?? 'it said nothing'}`));
    });
  });

/** Reads what pgbench printed: a line a second, the first of which is dropped, and the number of transactions. */
export const ratesOf = (output: string): Pick<StatementRun, 'ratePerSecond' | 'answered'> => {
  const perSecond = [...output.matchAll(/^progress: [\d.]+ s, ([\d.]+) tps/gm)].map(([, tps]) => Number(tps)).slice(1);
  return {
    ratePerSecond: perSecond.reduce((sum, tps) => sum + tps, 0) / perSecond.length,
    answered: Number(/transactions actually processed: (\d+)/.exec(output)?.[1] ?? 0),
  };
};

/** Microseconds stand in the third column of pgbench's log. */
const latenciesOf = (folder: string, prefix: string): number[] =>
  readdirSync(folder)
    .filter((name) => name.startsWith(`${prefix}.`))
    .flatMap((name) => readFileSync(join(folder, name), 'utf8').trimEnd().split('\n'))
    .map((line) => Number(line.split(' ')[2]) / 1000);
