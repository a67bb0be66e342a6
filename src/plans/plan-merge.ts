import type { PoolClient } from 'pg';
import { isSurelyAllowed } from './guard.rules';
import { holdWhereTooMany } from './held-rows';
import type { MergeOutcome, MergeRoom, MergeSource, MergeWay } from './merge-source';
import * as comparing from './comparing.sql';
import * as questions from './questions.sql';
import { copyRows, type StagedRow } from './staging';
import * as writing from './writing.sql';

interface Differences extends MergeOutcome {
  /** Of those that are not held. */
  readonly numberChanges: number;
  /** Plans that would end or leave sight. */
  readonly removes: number;
}

/** From here on PostgreSQL has to know how many rows there are, to join them well. */
const manyRows = 1000;

/**
 * One merge inside one transaction (see merging.repository.ts): rows are staged, compared with what is there, and only
 * the differences are written, all of them or none. After `apply`, `staged_row` holds the answer of each row.
 */
export class PlanMerge implements MergeRoom {
  constructor(
    readonly client: PoolClient,
    readonly source: MergeSource,
  ) {}

  async stage(rows: AsyncIterable<StagedRow> | Iterable<StagedRow>): Promise<void> {
    if ((await copyRows(this.client, rows)) >= manyRows) await this.client.query('analyze staged_row');
  }

  async apply(way: MergeWay): Promise<MergeOutcome> {
    const { authority, at, today, by } = this.source;
    await this.client.query(comparing.settleRepeats);
    if (!way.decision) await this.client.query(comparing.replaceWaiting, [authority, at, by]);
    const { rowCount } = await this.client.query(comparing.findDifferences, [authority, today]);
    if ((rowCount ?? 0) >= manyRows) await this.client.query('analyze plan_difference');
    const found = await this.differences();
    if (way.guarded && !isSurelyAllowed(found.removes)) await holdWhereTooMany(this, found.removes);
    const left = way.guarded ? await this.differences() : found;
    await this.write(left, way);
    await this.ask(left, way);
    return left;
  }

  /** What is said to a staged row after `apply`; null when there is nothing to say. */
  async answerOf(row: number): Promise<string | null> {
    const { rows } = await this.client.query<{ message: string | null }>(
      'select message from staged_row where row = $1',
      [row],
    );
    return rows[0]?.message ?? null;
  }

  private async differences(): Promise<Differences> {
    const { rows } = await this.client.query<Differences>(comparing.countDifferences);
    const [counted] = rows;
    if (!counted) throw new Error('the differences could not be counted');
    return counted;
  }

  private async write({ recorded, amended, ended, same, numberChanges }: Differences, way: MergeWay): Promise<void> {
    const { authority, at, by, upload } = this.source;
    if (same > 0) await this.client.query(writing.updateHashes, [authority]);
    if (recorded + amended + ended === 0) return;
    if (recorded > 0) await this.client.query(writing.insertPlans, [authority, at]);
    if (amended + ended > 0) await this.client.query(writing.updatePlans, [authority, at]);
    if (numberChanges > 0) await this.client.query(writing.retireNumbers, [authority]);
    if (numberChanges > 0) await this.client.query(writing.forgetNumbersOutOfSight, [authority]);
    if (recorded + numberChanges > 0) await this.client.query(writing.insertNumbers, [authority, at]);
    await this.client.query(writing.insertEvents, [authority, at, by, upload?.sequence ?? null]);
    if (!way.untold) await this.client.query(writing.tellProcesses, [authority, at]);
  }

  private async ask({ recorded, amended, ended, numberChanges }: Differences, way: MergeWay): Promise<void> {
    const { authority, at, by, today, upload } = this.source;
    if (recorded + amended + ended > 0) {
      await this.client.query(questions.settleEndReasons, [authority, at, by]);
      await this.client.query(questions.askForEndReasons, [authority, at]);
      await this.client.query(writing.noteEndReasons);
    }
    if (way.decision) return;
    if (numberChanges > 0) {
      await this.client.query(questions.replaceNumberQuestions, [authority, at, by]);
      await this.client.query(questions.askAboutNumbers, [authority, at]);
      await this.client.query(writing.noteNumbers);
    }
    await this.client.query(questions.settleMissing, [authority, at, by]);
    if (way.full && upload) await this.client.query(questions.askAboutMissing, [authority, at, today, upload.sequence]);
    await this.client.query(questions.settleApprovals, [authority, at, by]);
  }
}
