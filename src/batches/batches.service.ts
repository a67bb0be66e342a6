import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { alertBatch, alertBatchId } from '../../workflows/alert-batch/contract';
import { taskQueue } from '../../workflows/task-queue';
import { Database } from '../platform/database/database';
import { Problem } from '../platform/problems/problem';
import type { Caller } from '../platform/sign-in/caller';
import { scopeOf } from '../platform/sign-in/scope';
import { TemporalClient } from '../platform/temporal/temporal-client';
import { TemporalUnreachable } from '../platform/temporal/temporal-errors';
import { BatchesRepository } from './batches.repository';
import type { BatchView } from './batches.schema';

/** A batch that a person or a system asks for now; the daily ones come from Schedules. */
@Injectable()
export class BatchesService {
  constructor(
    private readonly database: Database,
    private readonly repository: BatchesRepository,
    private readonly temporal: TemporalClient,
  ) {}

  /** Starts one; the same request id is the same slot. Rejects with `not-found`, `workflows-unavailable`. */
  async run(caller: Caller, gss: string, requestId: string): Promise<BatchView> {
    const authority = scopeOf(caller, gss);
    // hashed: a request id is the caller's text, and a workflow id stands in clear
    const slot = `manual-${createHash('sha256').update(`${caller.client}/${requestId}`).digest('hex').slice(0, 16)}`;
    try {
      await this.temporal.start({
        type: alertBatch,
        id: alertBatchId(authority, slot),
        taskQueue,
        args: [{ authority, slot }],
        summary: `Alert batch of authority ${authority}, asked for by hand`,
      });
    } catch (cause) {
      if (!(cause instanceof TemporalUnreachable)) throw cause;
      const detail = 'The batch cannot start now; the watchdog still raises each alert before its hour.';
      throw new Problem('workflows-unavailable', { detail, cause, retryAfterSeconds: 30 });
    }
    return { authority, slot, state: 'running', notices: 0, alerts: 0 };
  }

  /** Rejects with `batch-not-found`. */
  async get(caller: Caller, gss: string, slot: string): Promise<BatchView> {
    const authority = scopeOf(caller, gss);
    const batch = await this.database.as(authority, (em) => this.repository.find(em, authority, slot));
    if (!batch) throw new Problem('batch-not-found');
    return {
      authority,
      slot,
      state: batch.finishedAt ? 'done' : 'running',
      startedAt: new Date(batch.startedAt).toISOString(),
      ...(batch.finishedAt && { finishedAt: new Date(batch.finishedAt).toISOString() }),
      notices: batch.notices,
      alerts: batch.alerts,
    };
  }
}
