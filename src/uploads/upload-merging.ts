import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../platform/clock';
import { repeat, type Repeated } from '../platform/repeat';
import type { PlanMerge } from '../plans/plan-merge';
import { PlansService } from '../plans/plans.service';
import type { RowJudge } from '../plans/row-judge';
import { csvRows } from './csv-rows';
import { judgedRows } from './judged-rows';
import { MalformedFile } from './malformed-file';
import { fileBytes } from './upload-body';
import type { Upload } from './upload.entity';
import { isStillNext, recordOutcome } from './upload-outcome';
import { UploadsRepository } from './uploads.repository';

const lookEveryMs = 500;
const longestPauseMs = 60_000;

interface Failure {
  readonly times: number;
  readonly againAt: number;
}

/**
 * Merges what was received, in every web and worker process, with nobody's help.
 * Promises: each file applies wholly or not at all, once, in the order of its sequence; a process that is killed at any
 * moment leaves the file as received, and the next one does it again. Never: two files of one authority at once.
 */
@Injectable()
export class UploadMerging {
  private readonly log = new Logger('uploads');
  private readonly failures = new Map<string, Failure>();
  private duty: Repeated | undefined;

  constructor(
    private readonly repository: UploadsRepository,
    private readonly plans: PlansService,
    private readonly clock: Clock,
  ) {}

  /** `patienceMs`: how long a file is left to other processes first, so that one that answers checks need not parse it. */
  start(patienceMs = 0): void {
    this.duty = repeat('uploads', lookEveryMs, () => this.mergeReceived(patienceMs));
  }

  async stop(): Promise<void> {
    await this.duty?.stop();
  }

  /** Merges until nothing is left that came `patienceMs` ago. Returns how many files it finished. */
  async mergeReceived(patienceMs = 0): Promise<number> {
    let finished = 0;
    for (const authority of await this.repository.findWaiting(new Date(this.clock.now() - patienceMs))) {
      if ((this.failures.get(authority)?.againAt ?? 0) > this.clock.now()) continue;
      finished += await this.mergeAllOf(authority);
    }
    return finished;
  }

  private async mergeAllOf(authority: string): Promise<number> {
    try {
      let finished = 0;
      while (await this.mergeNext(authority)) finished += 1;
      this.failures.delete(authority);
      return finished;
    } catch (err) {
      const times = (this.failures.get(authority)?.times ?? 0) + 1;
      const pauseMs = Math.min(longestPauseMs, lookEveryMs * 2 ** times);
      this.failures.set(authority, { times, againAt: this.clock.now() + pauseMs });
      this.log.error({ err, authority, times }, 'a file could not be merged; it stays received and is tried again');
      return 0;
    }
  }

  /** False when nothing waits, or when another process is at it. */
  private async mergeNext(authority: string): Promise<boolean> {
    const upload = await this.repository.findNext(authority);
    if (!upload) return false;
    try {
      return await this.plans.mergeFile(upload, (merge, judge) => this.merge(merge, judge, upload));
    } catch (error) {
      if (!(error instanceof MalformedFile)) throw error;
      await this.repository.refuseFile(upload, {
        fileCode: error.fileCode,
        message: error.message,
        at: this.clock.instant(),
      });
      return true;
    }
  }

  private async merge(merge: PlanMerge, judge: RowJudge, upload: Upload): Promise<boolean> {
    if (!(await isStillNext(merge, upload))) return false;
    const rows = csvRows(fileBytes(this.repository.readParts(upload)));
    const progress = (rowsRead: number): Promise<void> => this.repository.showProgress(upload, rowsRead);
    await merge.stage(judgedRows(rows, { kind: upload.kind, judge, progress }));
    const outcome = await merge.apply({ guarded: true, full: upload.kind === 'full' });
    const counts = await recordOutcome(merge, upload, outcome);
    this.log.log({ authority: upload.authority, sequence: upload.sequence, ...counts }, 'a file is merged');
    return true;
  }
}
