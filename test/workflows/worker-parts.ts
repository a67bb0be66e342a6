import { existsSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleWorkflows } from '../../src/platform/temporal/bundle';
import { dataConverterWith } from '../../src/platform/temporal/data-converter';
import { parseKeys } from '../../src/platform/temporal/encryption-keys';
import { EncryptionCodec } from '../../src/platform/temporal/payload-codec';
import { installSdkRuntime } from '../../src/platform/temporal/sdk-log';
import { runFolder } from '../support/run-folder';

/** Of the histories in `test/histories` and of these tests; it has never sealed anything else. */
const testKey = `test-histories:${Buffer.alloc(32, 'histories').toString('base64')}`;
export const dataConverter = dataConverterWith(new EncryptionCodec(parseKeys(testKey)));

/** Only errors of the SDK are of interest to a test. Once per suite, before anything else of the worker SDK. */
export const quieten = (): void =>
  installSdkRuntime({ info: () => undefined, warn: () => undefined, error: console.error });

/** The path of the bundle of `workflows/`, made by the first suite of a run that asks. */
export async function bundlePath(): Promise<string> {
  const path = join(runFolder(), 'workflow-bundle.js');
  if (existsSync(path)) return path;
  const { code } = await bundleWorkflows(require.resolve('../../workflows/index'));
  const unfinished = `${path}.${process.pid}`;
  writeFileSync(unfinished, code);
  renameSync(unfinished, path);
  return path;
}
