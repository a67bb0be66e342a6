import { setTimeout as pause } from 'node:timers/promises';
import type { DataConverter } from '@temporalio/common';
import {
  TransportError,
  Worker,
  type NativeConnection,
  type WorkerOptions,
  type WorkflowBundleOption,
} from '@temporalio/worker';
import { connectWithin } from './native-connection';
import type { WorkerLog } from './sdk-log';

export interface WorkerHostOptions {
  readonly address: string;
  readonly namespace: string;
  readonly taskQueue: string;
  readonly workflowBundle: WorkflowBundleOption;
  readonly activities: object;
  readonly dataConverter: DataConverter;
  readonly log: WorkerLog;
  /** Done each time before polling begins (search attributes, schedules). A failure is logged and tried again. */
  readonly prepare?: () => Promise<void>;
  /** The worker has stopped by itself: the process must exit non-zero and be started again. Called at most once. */
  readonly onFatal: (error: unknown) => void;
  /** Workflows kept in memory, about 0.3 to 1 MB each; 200 unless set. */
  readonly maxCachedWorkflows?: number;
  /** How long activities may finish after `stop`; 10,000 unless set. */
  readonly shutdownGraceMs?: number;
  /** Longest pause between two attempts to reach Temporal; 10,000 unless set. */
  readonly longestPauseMs?: number;
}

export type WorkerHostState = 'connecting' | 'polling' | 'stopped' | 'failed';

/**
 * Runs the Temporal Worker beside the process's other duties. `start` never waits and never throws: while Temporal is
 * unreachable it keeps trying, and polls from the moment it appears. Once polling, the SDK itself rides out outages.
 */
export class WorkerHost {
  private running: Promise<void> | undefined;
  private worker: Worker | undefined;
  private failed = false;
  private readonly stopping = new AbortController();

  constructor(private readonly options: WorkerHostOptions) {}

  get state(): WorkerHostState {
    if (this.failed) return 'failed';
    if (this.worker?.getState() === 'RUNNING') return 'polling';
    return this.stopping.signal.aborted ? 'stopped' : 'connecting';
  }

  start(): void {
    this.running ??= this.connectAndPoll();
  }

  /** Ends polling, lets activities finish within the grace time. Call before closing what activities use. Never throws. */
  async stop(): Promise<void> {
    this.stopping.abort();
    if (this.worker?.getState() === 'RUNNING') this.worker.shutdown();
    await this.running;
  }

  private async connectAndPoll(): Promise<void> {
    try {
      const connection = await this.becomeReady();
      if (connection) await this.poll(connection);
    } catch (error) {
      this.failed = true;
      this.options.onFatal(error);
    }
  }

  /** Tries until a worker stands on a connection with all prepared; `undefined` when stopped meanwhile. */
  private async becomeReady(): Promise<NativeConnection | undefined> {
    const { address, log, longestPauseMs = 10_000 } = this.options;
    for (let pauseMs = 500; !this.isStopping; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
      try {
        return await this.attempt();
      } catch (err) {
        if (err instanceof WorkerNotBuilt) throw err;
        log.warn({ err, address, againInMs: pauseMs }, 'Temporal cannot be used yet; everything else goes on.');
      }
      await pause(pauseMs, undefined, { signal: this.stopping.signal }).catch(() => undefined);
    }
    return undefined;
  }

  private async attempt(): Promise<NativeConnection> {
    const { address, namespace, prepare } = this.options;
    const connection = await connectWithin(address, this.stopping.signal);
    try {
      // Asked before a worker is built: one that the SDK finds without a namespace is never released again
      await connection.withDeadline(Date.now() + 5_000, () =>
        connection.workflowService.describeNamespace({ namespace }),
      );
      await prepare?.();
      this.worker = await Worker.create(workerOptions(this.options, connection)).catch(notBuilt);
      return connection;
    } catch (error) {
      await connection.close();
      throw error;
    }
  }

  private async poll(connection: NativeConnection): Promise<void> {
    const done = this.worker?.run();
    this.options.log.info({ taskQueue: this.options.taskQueue }, 'The Temporal worker polls.');
    if (this.isStopping) this.worker?.shutdown();
    await done;
    await connection.close();
    if (!this.isStopping) throw new Error('The Temporal worker stopped without being asked to.');
  }

  private get isStopping(): boolean {
    return this.stopping.signal.aborted;
  }
}

/** The worker can never start: no bundle, or one of another SDK. Trying again would not help. */
class WorkerNotBuilt extends Error {
  override readonly name = 'WorkerNotBuilt';
}

const notBuilt = (cause: unknown): never => {
  if (cause instanceof TransportError) throw cause;
  const reason = cause instanceof Error ? cause.message : String(cause);
  throw new WorkerNotBuilt(`The Temporal worker cannot be built: ${reason}`, { cause });
};

const workerOptions = (options: WorkerHostOptions, connection: NativeConnection): WorkerOptions => ({
  connection,
  namespace: options.namespace,
  taskQueue: options.taskQueue,
  workflowBundle: options.workflowBundle,
  activities: options.activities,
  dataConverter: options.dataConverter,
  maxCachedWorkflows: options.maxCachedWorkflows ?? 200,
  shutdownGraceTime: options.shutdownGraceMs ?? 10_000,
  workflowTaskPollerBehavior: { type: 'autoscaling' },
  activityTaskPollerBehavior: { type: 'autoscaling' },
});
