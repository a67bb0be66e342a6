import { Injectable } from '@nestjs/common';
import type { PoolClient } from 'pg';
import { Database } from '../platform/database/database';
import type { MergeSource } from './merge-source';
import { PlanMerge } from './plan-merge';
import { stagingTables } from './staging';

/** What else must be so when a merge commits; it sees `plan_difference`, and its failure undoes the merge. */
export type Follower = (merge: PlanMerge) => Promise<void>;

/**
 * The only writer of plans, their numbers, history and questions. The plans of one authority change one transaction at a
 * time (an advisory lock), whoever asks: a file, a single plan, a person's decision, a birthday.
 */
@Injectable()
export class MergingRepository {
  private readonly followers: Follower[] = [];

  constructor(private readonly database: Database) {}

  follow(follower: Follower): void {
    this.followers.push(follower);
  }

  /** Waits for its turn. Commits what `work` did, or nothing of it when it rejects. */
  merge<T>(source: MergeSource, work: (merge: PlanMerge) => Promise<T>): Promise<T> {
    return this.inTransaction(source, async (client) => {
      await client.query('select pg_advisory_xact_lock(hashtextextended($1, 2))', [source.authority]);
      return this.followed(new PlanMerge(client, source), work);
    });
  }

  /** As `merge`, but undefined at once when another process is changing this authority's plans. */
  mergeIfFree<T>(source: MergeSource, work: (merge: PlanMerge) => Promise<T>): Promise<T | undefined> {
    return this.inTransaction(source, async (client) => {
      const { rows } = await client.query<{ mine: boolean }>(
        'select pg_try_advisory_xact_lock(hashtextextended($1, 2)) as mine',
        [source.authority],
      );
      return rows[0]?.mine ? this.followed(new PlanMerge(client, source), work) : undefined;
    });
  }

  private async followed<T>(merge: PlanMerge, work: (merge: PlanMerge) => Promise<T>): Promise<T> {
    const result = await work(merge);
    for (const follow of this.followers) await follow(merge);
    return result;
  }

  private async inTransaction<T>({ authority }: MergeSource, work: (client: PoolClient) => Promise<T>): Promise<T> {
    const pool = await this.database.pool();
    const client = await pool.connect();
    let broken: Error | undefined;
    const remember = (error: Error): void => void (broken = error);
    client.on('error', remember);
    try {
      await client.query('begin');
      await client.query(stagingTables);
      // a small sample tells enough of the staged rows, and costs a tenth
      await client.query(
        `select set_config('cpis.authority', $1, true), set_config('default_statistics_target', '10', true)`,
        [authority],
      );
      const result = await work(client);
      await client.query('commit');
      return result;
    } catch (error) {
      await client.query('rollback').catch(remember);
      throw error;
    } finally {
      client.off('error', remember);
      client.release(broken);
    }
  }
}
