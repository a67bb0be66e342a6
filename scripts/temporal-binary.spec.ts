import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { temporalBinary } from './temporal-binary';

const before = { ...process.env };
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cpis-temporal-spec-'));
  process.env['PATH'] = join(folder, 'path');
  process.env['XDG_CACHE_HOME'] = join(folder, 'cache');
  delete process.env['TEMPORAL_CLI_PATH'];
});
afterEach(() => {
  process.env = { ...before };
  rmSync(folder, { recursive: true, force: true });
});

/** A file that passes for the tool; gives its path. */
const tool = (...names: string[]): string => {
  const file = join(folder, ...names, 'temporal');
  mkdirSync(join(folder, ...names), { recursive: true });
  writeFileSync(file, '#!/bin/sh\nexit 0\n');
  chmodSync(file, 0o755);
  return file;
};

describe('the Temporal tool', () => {
  it('is the one that TEMPORAL_CLI_PATH names, then the one on the PATH, then the one in the cache', async () => {
    const cached = tool('cache', 'cpis-bridge', 'bin');
    expect(await temporalBinary(() => undefined)).toBe(cached);
    const onPath = tool('path');
    expect(await temporalBinary(() => undefined)).toBe(onPath);
    process.env['TEMPORAL_CLI_PATH'] = tool('named');
    expect(await temporalBinary(() => undefined)).toBe(process.env['TEMPORAL_CLI_PATH']);
  });

  it('is refused in one sentence when TEMPORAL_CLI_PATH names something else', async () => {
    process.env['TEMPORAL_CLI_PATH'] = '/nowhere/temporal';
    await expect(temporalBinary(() => undefined)).rejects.toThrow(
      /^TEMPORAL_CLI_PATH names \/nowhere\/temporal, which/,
    );
  });
});
