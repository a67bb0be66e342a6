import { ApplicationFailure } from '@temporalio/common';
import type { AlertBatchActivities, BatchResult } from '../../workflows/alert-batch/contract';

/** The batches and alerts nouns in memory: one authority's notices by subject, claims by slot, and what was recorded. */
export class BatchFacts {
  /** Notices of each subject that no slot has claimed. */
  readonly open = new Map<string, number>();
  readonly claims = new Map<string, { notices: number; readonly subjects: Set<string> }>();
  readonly raised: string[] = [];
  readonly rounds: number[] = [];
  readonly recorded: BatchResult[] = [];
  /** Subjects that another process holds: a round leaves them. */
  readonly held = new Set<string>();
  /** Acts whose next call fails. */
  readonly failing = new Set<keyof AlertBatchActivities>();

  readonly activities: AlertBatchActivities = {
    claimNotices: async ({ authority, slot }) => {
      if (authority === 'nowhere') throw ApplicationFailure.nonRetryable('no such authority', 'authority-not-found');
      this.mayFail('claimNotices');
      const claim = this.claimOf(slot);
      for (const [subject, notices] of this.open) {
        claim.notices += notices;
        claim.subjects.add(subject);
      }
      this.open.clear();
      return { claimed: claim.notices };
    },
    raiseAlerts: async ({ slot, limit }) => {
      this.mayFail('raiseAlerts');
      const { subjects } = this.claimOf(slot);
      const raised = [...subjects].filter((subject) => !this.held.has(subject)).slice(0, limit);
      for (const subject of raised) subjects.delete(subject);
      this.raised.push(...raised);
      this.rounds.push(raised.length);
      return { raised: raised.length, left: subjects.size };
    },
    recordBatch: async ({ slot, notices, alerts }) => {
      this.mayFail('recordBatch');
      this.recorded.push({ slot, notices, alerts });
    },
  };

  private claimOf(slot: string): { notices: number; readonly subjects: Set<string> } {
    const claim = this.claims.get(slot) ?? { notices: 0, subjects: new Set<string>() };
    this.claims.set(slot, claim);
    return claim;
  }

  private mayFail(act: keyof AlertBatchActivities): void {
    if (this.failing.delete(act)) throw new Error('the database is away');
  }
}
