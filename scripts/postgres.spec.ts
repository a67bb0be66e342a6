import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { placeOf, startPostgres } from './postgres';
import type { Postgres } from './postgres';
import { dataOf } from './postgres-cluster';
import { know, untilGone } from './processes';

let folder: string;
let home: string;
let running: Postgres[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cpis-postgres-spec-'));
  chmodSync(folder, 0o755);
  home = join(folder, 'postgres');
  running = [];
});
afterEach(async () => {
  await Promise.all(running.map((each) => each.stop()));
  if (placeOf(home) !== home) rmSync(placeOf(home), { recursive: true, force: true });
  rmSync(folder, { recursive: true, force: true });
});

const start = async (ownerPassword = 'one'): Promise<Postgres> => {
  const postgres = await startPostgres({ home, logFile: join(folder, 'log'), ownerPassword, database: 'cpis' });
  running.push(postgres);
  return postgres;
};

const ask = async ({ ownerUrl }: Postgres, statement: string): Promise<unknown> => {
  const client = new Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    return Object.values((await client.query<Record<string, unknown>>(statement)).rows[0] ?? {})[0];
  } finally {
    await client.end();
  }
};

const kill = async ({ pid }: Postgres): Promise<void> => {
  const known = know(pid);
  process.kill(pid, 'SIGKILL');
  if (known) await untilGone(known);
};

describe('the embedded PostgreSQL', () => {
  it('keeps what was committed, durably, when it is killed and started again', async () => {
    const first = await start();
    expect(await ask(first, 'show fsync')).toBe('on');
    expect(await ask(first, 'show synchronous_commit')).toBe('on');
    await ask(first, 'create table kept as select 42 as value');
    await kill(first);
    const second = await start();
    expect(second.port).toBe(first.port);
    expect(await ask(second, 'select value from kept')).toBe(42);
  });

  it('stops a server that a killed launcher left running, and uses its data', async () => {
    const left = await start();
    await ask(left, 'create table kept as select 42 as value');
    const second = await start();
    expect(know(left.pid)).toBeUndefined();
    expect(await ask(second, 'select value from kept')).toBe(42);
  });

  it('is not fooled by a lock file whose number now belongs to another process', async () => {
    const first = await start();
    await kill(first);
    const lock = join(dataOf(placeOf(home)), 'postmaster.pid');
    writeFileSync(lock, readFileSync(lock, 'utf8').replace(/^\d+/, String(process.pid)));
    expect(await ask(await start(), 'select 1')).toBe(1);
  });

  it('works below a folder that is closed to everybody else', async () => {
    mkdirSync(join(folder, 'closed'), { mode: 0o700 });
    home = join(folder, 'closed', 'postgres');
    const postgres = await start();
    expect(await ask(postgres, 'select 1')).toBe(1);
    expect(placeOf(home) === home).toBe(process.getuid?.() !== 0);
    expect(statSync(dataOf(placeOf(home))).mode & 0o077).toBe(0);
  });

  it('says in one sentence that the password is another one', async () => {
    const first = await start();
    await first.stop();
    await expect(start('two')).rejects.toThrow(/another password .* npm run reset\.$/);
  });
});
