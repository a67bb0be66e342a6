import { Logger } from '@nestjs/common';
import type { Config } from '../config';
import { builtBundlePath } from './bundle';
import { dataConverterWith } from './data-converter';
import { parseKeys } from './encryption-keys';
import { EncryptionCodec } from './payload-codec';
import { installSdkRuntime, type WorkerLog } from './sdk-log';
import { WorkerHost } from './worker-host';

interface WorkerParts {
  readonly config: Config;
  readonly taskQueue: string;
  readonly activities: object;
  readonly prepare: () => Promise<void>;
  readonly onFatal: (error: unknown) => void;
}

/** The process's one Temporal worker, from its settings. */
export function createWorkerHost({ config, ...parts }: WorkerParts): WorkerHost {
  const log = workerLog();
  installSdkRuntime(log);
  return new WorkerHost({
    ...parts,
    address: config.temporalAddress,
    namespace: config.temporalNamespace,
    workflowBundle: { codePath: builtBundlePath },
    dataConverter: dataConverterWith(new EncryptionCodec(parseKeys(config.encryptionKeys))),
    log,
  });
}

/** The methods of the nouns' activity classes as the worker wants them: one object of functions. */
export function activitiesOf(...classes: readonly object[]): Record<string, (...args: never[]) => unknown> {
  const entries = classes.flatMap((each) =>
    Object.getOwnPropertyNames(Object.getPrototypeOf(each))
      .filter((name) => name !== 'constructor')
      .map((name) => [name, (each as Record<string, (...args: never[]) => unknown>)[name]?.bind(each)] as const),
  );
  return Object.fromEntries(entries) as Record<string, (...args: never[]) => unknown>;
}

function workerLog(): WorkerLog {
  const log = new Logger('temporal-worker');
  return {
    info: (fields, message) => log.log(fields, message),
    warn: (fields, message) => log.warn(fields, message),
    error: (fields, message) => log.error(fields, message),
  };
}
