import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createServer } from 'node:http';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { checkout } from './places';
import { freePort } from './ports';
import { know, stopProcess } from './processes';
import type { KnownProcess } from './processes';

// npm start itself, with everything real, on a data folder and ports of its own. Needs the build (npm test builds first).
let folder: string;
let environment: NodeJS.ProcessEnv;
let url: string;
const launchers: Launcher[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cpis-start-spec-'));
  const [web, identity, temporal, temporalUi] = [
    await freePort(),
    await freePort(),
    await freePort(),
    await freePort(),
  ];
  url = `http://localhost:${web}`;
  const ports = { PORT: web, IDENTITY_PORT: identity, TEMPORAL_PORT: temporal, TEMPORAL_UI_PORT: temporalUi };
  const texts = Object.fromEntries(Object.entries(ports).map(([name, port]) => [name, String(port)]));
  environment = { ...process.env, ...texts, CPIS_DATA_FOLDER: folder, DATABASE_URL: '', TEMPORAL_ADDRESS: '' };
});
afterAll(async () => {
  await Promise.all(launchers.map(end));
  script('reset.ts');
  rmSync(folder, { recursive: true, force: true });
});

const argumentsOf = (name: string): string[] => [
  '-r',
  join(checkout, 'scripts', 'register.cjs'),
  join(checkout, 'scripts', name),
];

const script = (name: string, ...args: string[]) =>
  spawnSync(process.execPath, [...argumentsOf(name), ...args], { cwd: checkout, env: environment, encoding: 'utf8' });

type Launcher = { readonly child: ChildProcess; readonly said: () => string; readonly code: Promise<number | null> };

const start = (more: NodeJS.ProcessEnv = {}): Launcher => {
  const child = spawn(process.execPath, argumentsOf('start.ts'), { cwd: checkout, env: { ...environment, ...more } });
  let said = '';
  const hear = (chunk: Buffer) => {
    said += chunk.toString();
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  const code = new Promise<number | null>((resolve) => child.once('close', resolve));
  const launcher = { child, said: () => said, code };
  launchers.push(launcher);
  return launcher;
};

const untilUp = async ({ child, said }: Launcher): Promise<void> => {
  while (child.exitCode === null && !said().includes('Ctrl-C stops everything')) await pause(100);
  expect(said()).toContain(url);
};

const processes = (): Readonly<Record<string, KnownProcess>> =>
  (JSON.parse(readFileSync(join(folder, 'running.json'), 'utf8')) as { children: Record<string, KnownProcess> })
    .children;

const check = async (): Promise<string> => {
  const authorization = `Bearer ${script('token.ts', 'clinician').stdout.trim()}`;
  const headers = { authorization, 'content-type': 'application/json', 'x-request-id': crypto.randomUUID() };
  const body = JSON.stringify({ nhsNumber: '9993518263', setting: 'emergency-department' });
  const response = await fetch(`${url}/checks`, { method: 'POST', headers, body });
  const { answer } = (await response.json()) as { answer?: string };
  return answer ?? `${response.status}`;
};

const end = async ({ child, code }: Launcher): Promise<number | null> => {
  child.kill('SIGINT');
  return code;
};

describe('npm start', () => {
  it('brings everything up, has a demo token for a check, and comes back with its data after all was killed', async () => {
    const first = start();
    await untilUp(first);
    expect(await check()).toBe('no-plan');
    const upload = script('upload.ts', 'data/uploads/leicester-0001-full.csv');
    expect(upload.stdout).toContain('CPF03');
    for (const { pid } of [...Object.values(processes()), know(first.child.pid ?? 0)].flatMap((each) => each ?? []))
      process.kill(pid, 'SIGKILL');
    await first.code;
    const second = start();
    await untilUp(second);
    const again = script('upload.ts', 'data/uploads/leicester-0001-full.csv');
    expect(again.stdout).toBe(upload.stdout);
    expect(await end(second)).toBe(0);
  }, 240_000);

  it('starts a web process that was killed again, refuses a second start, and leaves nothing behind', async () => {
    const launcher = start();
    await untilUp(launcher);
    const { web } = processes();
    if (web) await stopProcess(web, { signal: 'SIGKILL' });
    while (processes()['web']?.pid === web?.pid) await pause(100);
    const second = start();
    expect(await second.code).toBe(1);
    expect(second.said()).toMatch(/^npm start is already running in this checkout \(process \d+\): stop it .*\.\n$/);
    expect(script('reset.ts').status).toBe(1);
    const all = Object.values(processes());
    expect(await end(launcher)).toBe(0);
    expect(all.filter(({ pid }) => know(pid))).toEqual([]);
  });

  it('says in one sentence that the port is taken', async () => {
    const other = createServer().listen(Number(environment['PORT']));
    const launcher = start();
    expect(await launcher.code).toBe(1);
    expect(launcher.said()).toMatch(/^Port \d+ is taken: stop what runs there, or set PORT to another\.\n$/);
    other.close();
  });

  it('starts without Temporal, says so, and answers checks', async () => {
    const launcher = start({ TEMPORAL_ADDRESS: '127.0.0.1:1' });
    await untilUp(launcher);
    expect(launcher.said()).toContain('No Temporal answers at 127.0.0.1:1. The service starts without it');
    expect(await check()).toMatch(/^(no-)?plan$/);
    expect(await end(launcher)).toBe(0);
  });

  it('gives no token for an unknown name, and lists the names', () => {
    const { status, stderr } = script('token.ts', 'nobody');
    expect(status).toBe(2);
    expect(stderr).toContain('worker-leicestershire');
  });
});
