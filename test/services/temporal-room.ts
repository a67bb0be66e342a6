import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ApplicationFailure } from '@temporalio/common';
import { freePort } from '../../scripts/ports';
import { startTemporal, type Temporal } from '../../scripts/temporal';
import { bundleWorkflows } from '../../src/platform/temporal/bundle';
import { dataConverterWith } from '../../src/platform/temporal/data-converter';
import { parseKeys } from '../../src/platform/temporal/encryption-keys';
import { EncryptionCodec } from '../../src/platform/temporal/payload-codec';
import {
  TemporalClient,
  type TemporalClientOptions,
  type WorkflowStart,
} from '../../src/platform/temporal/temporal-client';
import { WorkerHost, type WorkerHostOptions } from '../../src/platform/temporal/worker-host';
import type { room } from './temporal-room.workflows';

export const taskQueue = 'rooms';
export const codec = new EncryptionCodec(parseKeys(`test:${randomBytes(32).toString('base64')}`));
export const dataConverter = dataConverterWith(codec);

export const aRoomStart = (name: string, label = 'the parlour'): WorkflowStart<typeof room> => ({
  type: 'room',
  id: `room/${name}`,
  taskQueue,
  args: [{ label }],
  summary: 'A room of the tests',
});

/** A Temporal dev server with its database in a folder of its own, which can be stopped and started again. */
export class RoomServer {
  private server: Temporal | undefined;
  private readonly hosts: WorkerHost[] = [];

  private constructor(
    private readonly folder: string,
    private readonly port: number,
  ) {}

  static readonly atFreePort = async (): Promise<RoomServer> =>
    new RoomServer(await mkdtemp(join(tmpdir(), 'temporal-room-')), await freePort());

  get address(): string {
    return `127.0.0.1:${this.port}`;
  }

  get databaseFile(): string {
    return join(this.folder, 'temporal.db');
  }

  /** `ui`: with the Web UI, which asks `codecUrl` to decode. */
  readonly start = async (ui: { uiPort?: number; codecUrl?: string } = {}): Promise<void> => {
    const logFile = join(this.folder, 'temporal.log');
    this.server = await startTemporal({ port: this.port, logFile, databaseFile: this.databaseFile, ...ui });
  };

  readonly stop = async (): Promise<void> => {
    await this.server?.stop();
    this.server = undefined;
  };

  /** Workers first: a test process with a running one never ends. */
  readonly remove = async (): Promise<void> => {
    await Promise.all(this.hosts.map((host) => host.stop()));
    await this.stop();
    await rm(this.folder, { recursive: true });
  };

  readonly client = (changed: Partial<TemporalClientOptions> = {}): TemporalClient =>
    new TemporalClient({ address: this.address, namespace: 'default', dataConverter, ...changed });

  readonly worker = async (changed: Partial<WorkerHostOptions> = {}): Promise<WorkerHost> => {
    const host = new WorkerHost({
      address: this.address,
      namespace: 'default',
      taskQueue,
      workflowBundle: await bundle(),
      activities: { announce, collapse },
      dataConverter,
      log: { info: () => undefined, warn: () => undefined, error: () => undefined },
      onFatal: (error) => {
        throw error;
      },
      longestPauseMs: 500,
      ...changed,
    });
    this.hosts.push(host);
    return host;
  };
}

const announce = async (text: string): Promise<string> => text;
const collapse = async (victim: string): Promise<never> => {
  throw ApplicationFailure.create({ message: `${victim} fell`, type: 'fall', details: [{ victim }] });
};

let bundling: Promise<{ readonly code: string }> | undefined;
const bundle = (): Promise<{ readonly code: string }> =>
  (bundling ??= bundleWorkflows(require.resolve('./temporal-room.workflows')));

/** Asks again until the answer is true. */
export const until = async (isSo: () => Promise<boolean> | boolean, withinSeconds = 20): Promise<void> => {
  for (const end = Date.now() + withinSeconds * 1000; Date.now() < end; await pause(100)) if (await isSo()) return;
  throw new Error(`It was not so within ${withinSeconds} seconds.`);
};
