import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock';
import { Database } from '../platform/database/database';
import { decideWaiting, release } from './held-rows';
import { MergingRepository } from './merging.repository';
import { settleApproval } from './questions.sql';

export type HeldState = 'waiting' | 'applied' | 'discarded' | 'replaced';
/** A file whose rows the guard held. */
export interface GuardedFile {
  readonly id: string;
  /** GSS code. */
  readonly authority: string;
  readonly sequence: number;
}

/**
 * What the guard holds: rows of a file that would end more plans than usual (performance.md, "Uploads").
 * Promises: they apply or go as one decision of a person; a later row for the same plan replaces the one that waits.
 */
@Injectable()
export class HeldChangesService {
  constructor(
    private readonly database: Database,
    private readonly merging: MergingRepository,
    private readonly clock: Clock,
  ) {}

  /** The file's rows that were ever held, and what became of each. */
  async rowsOf({ id, authority }: GuardedFile): Promise<ReadonlyMap<number, HeldState>> {
    const rows = await this.database.as(authority, (em) =>
      em.execute<{ row: number; state: HeldState }[]>(
        'select row, state from waiting_change where upload_id = ?::uuid order by row',
        [id],
      ),
    );
    return new Map(rows.map(({ row, state }) => [row, state]));
  }

  /** Decides over everything of the file that still waits. Returns how many rows that were. */
  decide(file: GuardedFile, decision: 'applied' | 'discarded', by: string): Promise<number> {
    const { authority } = file;
    const source = { authority, by, at: this.clock.instant(), today: this.clock.today(), upload: file };
    return this.merging.merge(source, async (merge) => {
      await merge.client.query(settleApproval, [authority, source.at, by, file.id, decision]);
      if (decision === 'discarded') return decideWaiting(merge, file.id, decision);
      const released = await release(merge, file.id);
      if (released > 0) await merge.apply({});
      return released;
    });
  }
}
