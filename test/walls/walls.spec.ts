import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

const project = resolve(__dirname, '../..');

/** Each wall, and a file that breaks it. */
const sins: readonly (readonly [wall: string, file: string, line: string])[] = [
  [
    'workflows-are-a-closed-room',
    'workflows/alert-task/sin.workflow.ts',
    `import { Clock } from '../../src/platform/clock'; void Clock;`,
  ],
  [
    'workflows-are-a-closed-room',
    'workflows/alert-task/type-sin.ts',
    `import type { Client } from 'pg'; export type Sin = Client;`,
  ],
  [
    'workflows-are-a-closed-room',
    'workflows/alert-task/node-sin.ts',
    `import { readFileSync } from 'node:fs'; void readFileSync;`,
  ],
  ['rules-are-pure', 'workflows/alert-task/sin.rules.ts', `import { sleep } from '@temporalio/workflow'; void sleep;`],
  ['contracts-know-contracts', 'workflows/sin/contract.ts', `import { addDays } from '../dates.rules'; void addDays;`],
  [
    'source-takes-promises-and-rules-alone',
    'src/alerts/sin.ts',
    `import { alertTask } from '../../workflows/alert-task/alert-task.workflow'; void alertTask;`,
  ],
  [
    'platform-knows-no-noun',
    'src/platform/sin.ts',
    `import { AlertsService } from '../alerts/alerts.service'; void AlertsService;`,
  ],
  [
    'platform-knows-no-process',
    'src/platform/sin.ts',
    `import { alertTaskId } from '../../workflows/alert-task/contract'; void alertTaskId;`,
  ],
  [
    'plans-uses-nouns-before-it',
    'src/plans/sin.ts',
    `import { AlertsService } from '../alerts/alerts.service'; void AlertsService;`,
  ],
  [
    'repositories-stay-in-their-folder',
    'src/batches/sin.ts',
    `import { AlertsRepository } from '../alerts/alerts.repository'; void AlertsRepository;`,
  ],
  [
    'activities-start-nothing',
    'src/alerts/sin.activities.ts',
    `import { TemporalClient } from '../platform/temporal/temporal-client'; void TemporalClient;`,
  ],
  ['pages-use-services', 'src/ui/sin.ts', `import { Client } from 'pg'; void Client;`],
  [
    'presenters-are-pure',
    'src/ui/sin.presenter.ts',
    `import { AlertsService } from '../alerts/alerts.service'; void AlertsService;`,
  ],
  [
    'temporal-client-behind-the-platform',
    'src/alerts/sin.ts',
    `import { Client } from '@temporalio/client'; void Client;`,
  ],
  ['nothing-imports-the-entry-points', 'src/alerts/sin.ts', `import '../main';`],
  [
    'stand-ins-stay-outside',
    'src/alerts/sin.ts',
    `import { startIdentity } from '../../test/servers/identity'; void startIdentity;`,
  ],
  ['no-orphan-packages', 'src/alerts/sin.ts', `import fc from 'fast-check'; void fc;`],
  ['no-cycles', 'src/alerts/sin.ts', `import { a } from './sin-two'; export const b = a;`],
];
const companions: Readonly<Record<string, string>> = {
  'src/alerts/sin-two.ts': `import { b } from './sin'; export const a: unknown = b;`,
};

interface Cruise {
  readonly summary: {
    readonly violations: readonly { readonly from: string; readonly rule: { readonly name: string } }[];
  };
}

/** The names of the walls that files called "sin" break, each as "wall file". */
function brokenIn(folder: string): string[] {
  const program = join(project, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const args = [program, '--config', '.dependency-cruiser.cjs', '--output-type', 'json', 'src', 'workflows'];
  let output: string;
  try {
    output = execFileSync(process.execPath, args, { cwd: folder, encoding: 'utf8', maxBuffer: 200_000_000 });
  } catch (error) {
    output = (error as { stdout: string }).stdout;
  }
  const { violations } = (JSON.parse(output) as Cruise).summary;
  return violations.map(({ from, rule }) => `${rule.name} ${from}`);
}

describe('the walls', () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'cpis-walls-'));
    for (const part of ['src', 'workflows', 'test', 'package.json', 'tsconfig.json', '.dependency-cruiser.cjs'])
      cpSync(join(project, part), join(folder, part), { recursive: true });
    symlinkSync(join(project, 'node_modules'), join(folder, 'node_modules'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('stand: nothing in the house breaks one', () => {
    expect(brokenIn(folder)).toEqual([]);
  });

  it.each(sins)('catch a planted sin: %s in %s', (wall, file, line) => {
    const planted = { [file]: line, ...(wall === 'no-cycles' ? companions : {}) };
    for (const [path, text] of Object.entries(planted)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), `${text}\n`);
    }
    try {
      expect(brokenIn(folder)).toContain(`${wall} ${file}`);
    } finally {
      for (const path of Object.keys(planted)) rmSync(join(folder, path));
    }
  });
});
