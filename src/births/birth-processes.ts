import { Injectable } from '@nestjs/common';
import {
  birthTransfer,
  birthTransferId,
  declineNewborn,
  transferEvents,
  type BirthTransfer,
  type Decline,
  type TransferEvent,
  type TransferIdentity,
} from '../../workflows/birth-transfer/contract';
import { taskQueue } from '../../workflows/task-queue';
import type { Told } from '../platform/outbox/relay';
import { Problem } from '../platform/problems/problem';
import { TemporalClient, type WorkflowStart } from '../platform/temporal/temporal-client';
import { DecisionRefused, TemporalUnreachable } from '../platform/temporal/temporal-errors';

/** The births' side of the wall: tells and asks the `birthTransfer` workflows. Holds no rule. */
@Injectable()
export class BirthProcesses {
  constructor(private readonly temporal: TemporalClient) {}

  /** The relay's handler for the topic `birth-transfer`. The process drops what it was told before. */
  async tell(planId: string, authority: string, events: readonly Told[]): Promise<void> {
    const told = events.map(({ id, at, event }) => ({ ...event, id, at }) as TransferEvent);
    await this.temporal.tell(startOf({ planId, authority }), transferEvents, told);
  }

  /** Rejects with `newborn-not-found`, `newborn-settled`, `workflows-unavailable`. */
  async decline(transfer: TransferIdentity, decline: Decline, requestId: string): Promise<void> {
    const { planId, authority } = transfer;
    try {
      await this.temporal.decide(startOf({ planId, authority }), declineNewborn, { payload: decline, requestId });
    } catch (cause) {
      throw problemOf(cause);
    }
  }
}

const startOf = (transfer: TransferIdentity): WorkflowStart<BirthTransfer> => ({
  type: birthTransfer,
  id: birthTransferId(transfer.planId),
  taskQueue,
  args: [transfer],
  summary: `Birth transfer of authority ${transfer.authority}`,
});

function problemOf(cause: unknown): unknown {
  if (cause instanceof TemporalUnreachable) {
    const detail = 'The newborn stays awaited, and checks go on saying so.';
    return new Problem('workflows-unavailable', { detail, cause, retryAfterSeconds: 30 });
  }
  if (!(cause instanceof DecisionRefused)) return cause;
  if (cause.type === 'newborn-settled' || cause.type === 'newborn-not-found') return new Problem(cause.type, { cause });
  return new Problem('invalid-request', { detail: cause.message, cause });
}
