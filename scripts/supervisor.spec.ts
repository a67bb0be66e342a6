import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { know, stopProcess } from './processes';
import { claimCheckout, releaseCheckout, runningNow } from './running';
import { Supervisor } from './supervisor';
import type { Started } from './supervisor';

let folder: string;
const said: string[] = [];
let supervisor: Supervisor;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cpis-supervisor-spec-'));
  process.env['CPIS_DATA_FOLDER'] = folder;
  said.length = 0;
  supervisor = new Supervisor((line) => said.push(line));
});
afterEach(async () => {
  await supervisor.stop();
  delete process.env['CPIS_DATA_FOLDER'];
  rmSync(folder, { recursive: true, force: true });
});

/** A process that does nothing for a long time, and the order in which such processes were stopped. */
const sleeper =
  (name: string, stopped: string[] = []) =>
  async (): Promise<Started> => {
    const { pid = 0 } = spawn('sleep', ['600'], { stdio: 'ignore' });
    const known = know(pid);
    const stop = async () => {
      stopped.push(name);
      if (known) await stopProcess(known);
    };
    return { pid, stop };
  };

const until = async (met: () => boolean): Promise<void> => {
  for (let tries = 0; tries < 100 && !met(); tries += 1) await pause(50);
  expect(met()).toBe(true);
};

describe('the supervisor of npm start', () => {
  it('starts a killed process again', async () => {
    const starts: number[] = [];
    const start = async () => {
      const started = await sleeper('web')();
      starts.push(started.pid);
      return started;
    };
    await supervisor.keep({ name: 'web', rank: 3, start });
    process.kill(starts[0] ?? 0, 'SIGKILL');
    await until(() => starts.length === 2);
    expect(know(starts[1] ?? 0)).toBeDefined();
    expect(said).toEqual(['web ended by itself; starting it again.']);
  });

  it('stops web and worker before Temporal, and PostgreSQL last', async () => {
    const stopped: string[] = [];
    await supervisor.keep({ name: 'postgres', rank: 1, start: sleeper('postgres', stopped) });
    await supervisor.keep({ name: 'temporal', rank: 2, start: sleeper('temporal', stopped) });
    await supervisor.keep({ name: 'worker', rank: 3, start: sleeper('worker', stopped) });
    await supervisor.keep({ name: 'web', rank: 3, start: sleeper('web', stopped) });
    await supervisor.stop();
    expect(stopped).toEqual(['worker', 'web', 'temporal', 'postgres']);
  });

  it('refuses a second start in the same checkout, and allows one after a launcher was killed', async () => {
    await claimCheckout();
    await expect(claimCheckout()).rejects.toThrow('already running in this checkout');
    releaseCheckout();
    expect(runningNow()).toBeUndefined();
    await expect(claimCheckout()).resolves.toBeUndefined();
  });
});
