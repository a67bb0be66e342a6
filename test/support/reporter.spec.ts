import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const checkout = resolve(__dirname, '..', '..');
const jestProgram = join(checkout, 'node_modules', 'jest', 'bin', 'jest.js');

/** The last line of a test run over these files. */
const lastLine = (files: Readonly<Record<string, string>>): string | undefined => {
  const rootDir = mkdtempSync(join(tmpdir(), 'cpis-reporter-spec-'));
  try {
    for (const [name, code] of Object.entries(files)) writeFileSync(join(rootDir, name), code);
    const config = { rootDir, reporters: ['default', join(__dirname, 'reporter.cjs')], testMatch: ['**/*.test.js'] };
    const env = { ...process.env, TEST_COUNTS_FILE: '' };
    const args = [jestProgram, '--config', JSON.stringify(config), '--runInBand'];
    const { stdout } = spawnSync(process.execPath, args, { cwd: rootDir, encoding: 'utf8', env });
    return stdout.trimEnd().split('\n').at(-1);
  } finally {
    rmSync(rootDir, { recursive: true, force: true });
  }
};

const good = "it('is well', () => undefined);";

describe('the last line of a test run', () => {
  it('counts what passed', () => {
    expect(lastLine({ 'a.test.js': good, 'b.test.js': good })).toBe('2 passed, 0 failed');
  });

  it('counts as failed what failed, was skipped or is still to be written', () => {
    const others =
      "it('fails', () => { throw new Error(); }); it.skip('is skipped', () => undefined); it.todo('comes');";
    expect(lastLine({ 'a.test.js': good + others })).toBe('1 passed, 3 failed');
  });

  it('counts as failed a suite that cannot be loaded', () => {
    expect(lastLine({ 'a.test.js': good, 'b.test.js': "require('./not-there');" })).toBe('1 passed, 1 failed');
  });
});
