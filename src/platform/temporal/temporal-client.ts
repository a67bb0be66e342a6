import {
  Client,
  Connection,
  defaultGrpcRetryOptions,
  makeGrpcRetryInterceptor,
  WithStartWorkflowOperation,
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
  type WorkflowExecutionStatusName,
} from '@temporalio/client';
import type { DataConverter, SignalDefinition, UpdateDefinition, Workflow } from '@temporalio/common';
import { explained } from './temporal-errors';
import { startOptions, updateIdOf, type WorkflowStart } from './workflow-start';

export type { WorkflowStart } from './workflow-start';

export interface TemporalClientOptions {
  readonly address: string;
  readonly namespace: string;
  readonly dataConverter: DataConverter;
  /** For `tell`, `start` and `statusOf`; 3,000 unless set. */
  readonly deadlineMs?: number;
  /** For `decide`, which waits for the workflow's own answer; 8,000 unless set. */
  readonly decisionDeadlineMs?: number;
}

/**
 * The web's and the relay's way to Temporal. Connects on first use, so that a process starts without Temporal, and again
 * by itself when the server comes back. Each call ends within its deadline. Throws `TemporalUnreachable` when the server
 * could not be asked, `DecisionRefused` when a workflow refused; every other error is the client library's own.
 */
export class TemporalClient {
  private opened: Client | undefined;

  constructor(private readonly options: TemporalClientOptions) {}

  /** For schedules, scripts and tests: the library's client, on the same connection. Makes no call by itself. */
  get client(): Client {
    this.opened ??= open(this.options);
    return this.opened;
  }

  /** Signal-with-start: the workflow is told, and started first where it does not run. */
  async tell<P>(start: WorkflowStart, signal: SignalDefinition<[P]>, payload: P): Promise<void> {
    const told = { signal, signalArgs: [payload] as [P] };
    await this.ask(({ workflow }) =>
      workflow.signalWithStart<Workflow, [P]>(start.type, { ...startOptions(start), ...told }),
    );
  }

  /**
   * Update-with-start, waiting for the workflow's answer. The same `requestId` for the same workflow gets the same
   * answer once more and decides nothing twice (until the workflow continues as new). Throws `DecisionRefused`.
   */
  async decide<R, P>(
    start: WorkflowStart,
    update: UpdateDefinition<R, [P]>,
    { payload, requestId }: { readonly payload: P; readonly requestId: string },
  ): Promise<R> {
    const options = { ...startOptions(start), workflowIdConflictPolicy: 'USE_EXISTING' as const };
    const decision = {
      args: [payload] as [P],
      updateId: updateIdOf(requestId),
      startWorkflowOperation: new WithStartWorkflowOperation<Workflow>(start.type, options),
    };
    return this.ask(
      ({ workflow }) => workflow.executeUpdateWithStart<Workflow, R, [P]>(update, decision),
      this.options.decisionDeadlineMs ?? 8_000,
    );
  }

  /** Starts the workflow unless its id is taken, by a running one or (while the server remembers it) an ended one. */
  async start(start: WorkflowStart): Promise<'started' | 'already-started'> {
    const options = startOptions({ reuse: 'REJECT_DUPLICATE', ...start });
    try {
      await this.ask(({ workflow }) => workflow.start(start.type, options));
      return 'started';
    } catch (error) {
      if (error instanceof WorkflowExecutionAlreadyStartedError) return 'already-started';
      throw error;
    }
  }

  /** `undefined` when the server knows no workflow of this id. */
  async statusOf(workflowId: string): Promise<WorkflowExecutionStatusName | undefined> {
    try {
      const { status } = await this.ask(({ workflow }) => workflow.getHandle(workflowId).describe());
      return status.name;
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return undefined;
      throw error;
    }
  }

  /** For health: whether the server answers within a second. Never throws. */
  async isReachable(): Promise<boolean> {
    try {
      await this.ask(({ workflowService }) => workflowService.getSystemInfo({}), 1_000);
      return true;
    } catch {
      return false;
    }
  }

  /** The next call would connect anew. */
  async close(): Promise<void> {
    const { opened } = this;
    this.opened = undefined;
    await opened?.connection.close();
  }

  /** Any other call, with a deadline (milliseconds) and the errors of this class: for schedules and operations. */
  async ask<T>(call: (client: Client) => Promise<T>, deadlineMs = this.options.deadlineMs ?? 3_000): Promise<T> {
    const { client } = this;
    try {
      return await client.withDeadline(Date.now() + deadlineMs, () => call(client));
    } catch (error) {
      throw explained(error, this.options.address);
    }
  }
}

/** Few retries and a quick reconnection: whoever calls has a way of its own to wait (outbox, 503 with Retry-After). */
const open = ({ address, namespace, dataConverter }: TemporalClientOptions): Client => {
  const connection = Connection.lazy({
    address,
    interceptors: [makeGrpcRetryInterceptor(defaultGrpcRetryOptions({ maxAttempts: 4 }))],
    channelArgs: { 'grpc.initial_reconnect_backoff_ms': 200, 'grpc.max_reconnect_backoff_ms': 2_000 },
  });
  return new Client({ connection, namespace, dataConverter });
};
