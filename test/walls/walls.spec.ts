import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

const project = resolve(__dirname, '../..');

/** Each wall, and a file that breaks it; the file's name is its own, so that all can be planted at once. */
const sins: readonly (readonly [wall: string, file: string, line: string])[] = [
  [
    'workflows-are-a-closed-room',
    'workflows/sin/source.ts',
    `import { Clock } from '../../src/platform/clock'; void Clock;`,
  ],
  [
    'workflows-are-a-closed-room',
    'workflows/sin/type.ts',
    `import type { Client } from 'pg'; export type Sin = Client;`,
  ],
  [
    'workflows-are-a-closed-room',
    'workflows/sin/node.ts',
    `import { readFileSync } from 'node:fs'; void readFileSync;`,
  ],
  ['rules-are-pure', 'workflows/sin/sin.rules.ts', `import { sleep } from '@temporalio/workflow'; void sleep;`],
  ['contracts-know-contracts', 'workflows/sin/contract.ts', `import { addDays } from '../dates.rules'; void addDays;`],
  [
    'source-takes-promises-and-rules-alone',
    'src/alerts/sin-1.ts',
    `import { alertTask } from '../../workflows/alert-task/alert-task.workflow'; void alertTask;`,
  ],
  [
    'platform-knows-no-noun',
    'src/platform/sin-1.ts',
    `import { AlertsService } from '../alerts/alerts.service'; void AlertsService;`,
  ],
  [
    'platform-knows-no-process',
    'src/platform/sin-2.ts',
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
    'src/alerts/sin-2.ts',
    `import { Client } from '@temporalio/client'; void Client;`,
  ],
  ['nothing-imports-the-entry-points', 'src/alerts/sin-3.ts', `import '../main';`],
  [
    'stand-ins-stay-outside',
    'src/alerts/sin-4.ts',
    `import { startIdentity } from '../../test/servers/identity'; void startIdentity;`,
  ],
  ['no-orphan-packages', 'src/alerts/sin-5.ts', `import fc from 'fast-check'; void fc;`],
  ['no-cycles', 'src/alerts/sin-6.ts', `import { a } from './sin-7'; export const b: unknown = a;`],
];

/** The other half of the cycle: one wall is broken, and said once. */
const companion = ['src/alerts/sin-7.ts', `import { b } from './sin-6'; export const a: unknown = b;`] as const;

interface Cruise {
  readonly summary: {
    readonly violations: readonly { readonly from: string; readonly rule: { readonly name: string } }[];
  };
}

/** What the walls say of a folder, each as "wall file". */
function brokenIn(folder: string): string[] {
  const program = join(project, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
  const args = [program, '--config', '.dependency-cruiser.cjs', '--output-type', 'json', 'src', 'workflows'];
  const { stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 200_000_000,
  });
  if (!stdout.startsWith('{')) throw new Error(`dependency-cruiser did not look: ${stderr}`);
  const { violations } = (JSON.parse(stdout) as Cruise).summary;
  return violations.map(({ from, rule }) => `${rule.name} ${from}`);
}

describe('the walls', () => {
  let folder: string;
  let broken: readonly string[];

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'cpis-walls-'));
    for (const part of ['src', 'workflows', 'test', 'package.json', 'tsconfig.json', '.dependency-cruiser.cjs'])
      cpSync(join(project, part), join(folder, part), { recursive: true });
    symlinkSync(join(project, 'node_modules'), join(folder, 'node_modules'));
    for (const [file, line] of [companion, ...sins.map(([, path, text]) => [path, text] as const)]) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), `${line}\n`);
    }
    broken = brokenIn(folder);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('stand: nothing in the house breaks one', () => {
    const planted = new Set(sins.map(([, file]) => file));
    expect(broken.filter((each) => !planted.has(each.split(' ')[1] ?? ''))).toEqual([]);
  });

  it.each(sins)('catch a planted sin: %s in %s', (wall, file) => {
    expect(broken).toContain(`${wall} ${file}`);
  });
});
