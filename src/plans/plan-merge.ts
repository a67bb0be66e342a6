import type { PoolClient } from 'pg';
import { isSurelyAllowed, mustWait } from './guard.rules';
import * as sql from './merge.sql';
import * as questions from './questions.sql';
import { copyRows, type StagedRow } from './staging';
import * as waiting from './waiting.sql';

/** Who changes the plans of one authority, when, and with which file. */
export interface MergeSource {
  /** GSS code. */
  readonly authority: string;
  readonly at: Date;
  /** London day. */
  readonly today: string;
  readonly by: string;
  readonly upload?: { readonly id: string; readonly sequence: number };
}

export interface MergeWay {
  /** What would end more plans than usual waits for a person: files alone. */
  readonly guarded?: boolean;
  /** Plans that are not mentioned are asked about. */
  readonly full?: boolean;
  /** A person or a rule decides, the authority did not send it: nothing that waits is replaced. */
  readonly decision?: boolean;
  /** The process knows already: nothing is told. */
  readonly untold?: boolean;
}

/** Rows by what they did. `same`: the row reads differently, the plan does not. */
export interface MergeOutcome {
  readonly recorded: number;
  readonly amended: number;
  readonly ended: number;
  readonly same: number;
  readonly held: number;
}

/**
 * One merge inside one transaction (see merging.repository.ts): rows are staged, compared with what is there, and only
 * the differences are written, all of them or none. After `apply`, `staged_row` holds the answer of each row.
 */
export class PlanMerge {
  constructor(
    readonly client: PoolClient,
    readonly source: MergeSource,
  ) {}

  async stage(rows: AsyncIterable<StagedRow> | Iterable<StagedRow>): Promise<void> {
    await copyRows(this.client, rows);
    await this.client.query('analyze staged_row');
  }

  /** Lets through what the guard held of this source's upload, and stages it. Returns how many rows those are. */
  async release(uploadId: string): Promise<number> {
    const released = await this.decideWaiting(uploadId, 'applied');
    const { authority, at } = this.source;
    if (released > 0) await this.client.query(waiting.stageWaiting, [authority, uploadId, at]);
    return released;
  }

  /** Returns how many rows waited. */
  async decideWaiting(uploadId: string, decision: 'applied' | 'discarded'): Promise<number> {
    const { authority, at, by } = this.source;
    const { rowCount } = await this.client.query(waiting.decideWaiting, [authority, uploadId, decision, at, by]);
    return rowCount ?? 0;
  }

  async apply(way: MergeWay): Promise<MergeOutcome> {
    const { authority, at, today, by } = this.source;
    await this.client.query(sql.settleRepeats);
    if (!way.decision) await this.client.query(waiting.replaceWaiting, [authority, at, by]);
    await this.client.query(sql.findDifferences, [authority, today]);
    await this.client.query('analyze plan_difference');
    if (way.guarded) await this.guard();
    await this.write(way);
    await this.ask(way);
    return this.outcome();
  }

  /** What is said to a staged row after `apply`; null when there is nothing to say. */
  async answerOf(row: number): Promise<string | null> {
    const { rows } = await this.client.query<{ message: string | null }>(
      'select message from staged_row where row = $1',
      [row],
    );
    return rows[0]?.message ?? null;
  }

  private async guard(): Promise<void> {
    const { authority, at, today, upload } = this.source;
    const ends = await this.count('select count(*)::int as n from plan_difference where removes');
    if (!upload || isSurelyAllowed(ends)) return;
    const { rows } = await this.client.query<{ live: number }>(sql.countLive, [authority, today]);
    const live = rows[0]?.live ?? 0;
    if (!mustWait(ends, live)) return;
    await this.client.query(waiting.holdRemovals);
    await this.client.query(waiting.insertWaiting, [authority, at, upload.id]);
    await this.client.query(waiting.answerHeld);
    await this.client.query(questions.askForApproval, [authority, at, upload.id, upload.sequence, ends, live]);
  }

  private async write(way: MergeWay): Promise<void> {
    const { authority, at, by, upload } = this.source;
    await this.client.query(sql.insertPlans, [authority, at]);
    await this.client.query(sql.updatePlans, [authority, at]);
    await this.client.query(sql.updateHashes, [authority]);
    await this.client.query(sql.retireNumbers, [authority]);
    await this.client.query(sql.forgetNumbersOutOfSight, [authority]);
    await this.client.query(sql.insertNumbers, [authority, at]);
    await this.client.query(sql.insertEvents, [authority, at, by, upload?.sequence ?? null]);
    if (!way.untold) await this.client.query(sql.tellProcesses, [authority, at]);
  }

  private async ask(way: MergeWay): Promise<void> {
    const { authority, at, by, today, upload } = this.source;
    await this.client.query(questions.settleEndReasons, [authority, at, by]);
    await this.client.query(questions.askForEndReasons, [authority, at]);
    if (way.decision) return;
    await this.client.query(questions.replaceNumberQuestions, [authority, at, by]);
    await this.client.query(questions.askAboutNumbers, [authority, at]);
    await this.client.query(sql.noteNumbers);
    await this.client.query(sql.noteEndReasons);
    await this.client.query(questions.settleMissing, [authority, at, by]);
    if (way.full && upload) await this.client.query(questions.askAboutMissing, [authority, at, today, upload.sequence]);
    await this.client.query(questions.settleApprovals, [authority, at, by]);
  }

  private async outcome(): Promise<MergeOutcome> {
    const { rows } = await this.client.query<MergeOutcome>(
      `select count(*) filter (where effect = 'recorded' and not held)::int as recorded,
         count(*) filter (where effect = 'amended' and not held)::int as amended,
         count(*) filter (where effect = 'ended' and not held)::int as ended,
         count(*) filter (where effect = 'same')::int as same,
         count(*) filter (where held)::int as held
       from plan_difference`,
    );
    return rows[0] ?? { recorded: 0, amended: 0, ended: 0, same: 0, held: 0 };
  }

  private async count(statement: string): Promise<number> {
    const { rows } = await this.client.query<{ n: number }>(statement);
    return rows[0]?.n ?? 0;
  }
}
