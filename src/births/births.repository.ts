import { Injectable } from '@nestjs/common';
import type { PoolClient } from 'pg';
import { londonDay } from '../platform/clock';
import { Database } from '../platform/database/database';
import type { Birth } from './birth';
import { BirthSeal } from './birth-seal';
import * as sql from './births.sql';

/** How long a birth that concerns nobody is kept (domain 7). */
export const keptDays = 28;
const dayMs = 86_400_000;
type Outcome = 'matched' | 'unmatched' | 'matched-later' | 'erased';

/** Who reports, and when. */
export interface Source {
  readonly at: Date;
  readonly by: string;
}

export interface StoredBirth {
  readonly birth: Birth;
  readonly notifiedAt: Date;
}

/** The only writer of births and of the newborns that they bring, all within the transaction of `client`. */
@Injectable()
export class BirthsRepository {
  constructor(
    private readonly database: Database,
    private readonly seal: BirthSeal,
  ) {}

  /** One transaction across all authorities, with its turn among births and the merges that touch unborn plans. */
  async inTurn<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
    const client = await (await this.database.pool()).connect();
    let broken: Error | undefined;
    const remember = (error: Error): void => void (broken = error);
    client.on('error', remember);
    try {
      await client.query('begin');
      await client.query(`select set_config('cpis.authority', '*', true)`);
      await client.query(sql.waitForPlans);
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

  /** The notification of this baby as it came first, matched or kept; undefined when it is new. */
  async find(client: PoolClient, nhsNumber: string): Promise<StoredBirth | undefined> {
    const { rows } = await client.query<Omit<Birth, 'bornAt'> & { bornAt: Date; notifiedAt: Date }>(sql.findBirth, [
      nhsNumber,
    ]);
    const [row] = rows;
    if (row) return { birth: { ...row, bornAt: new Date(row.bornAt).toISOString() }, notifiedAt: row.notifiedAt };
    const kept = await client.query<{ sealed: Buffer; notifiedAt: Date }>(sql.findKept, [
      this.seal.hashesOf(nhsNumber),
    ]);
    const [first] = kept.rows;
    return first && { birth: this.seal.open(first.sealed), notifiedAt: first.notifiedAt };
  }

  /** The unborn plans that the birth concerns, of any authority. */
  async findConcerned(client: PoolClient, { motherNhsNumber, bornAt }: Birth): Promise<{ planId: string }[]> {
    const bornOn = londonDay(Date.parse(bornAt));
    return (await client.query<{ planId: string }>(sql.findConcerned, [motherNhsNumber, bornOn])).rows;
  }

  /** Stores the birth with a provisional record for each plan, and what each plan's transfer is told. */
  async record(client: PoolClient, { birth, notifiedAt }: StoredBirth, planIds: readonly string[], source: Source) {
    const { rows } = await client.query<{ id: string }>(sql.insertBirth, [
      birth.nhsNumber,
      birth.motherNhsNumber,
      birth.bornAt,
      birth.birthOrder,
      birth.numberOfBirths,
      birth.stillborn,
      birth.deliveryOrganisation,
      notifiedAt,
      source.by,
    ]);
    for (const planId of planIds) await this.addNewborn(client, { birthId: rows[0]?.id ?? '', planId }, source);
  }

  async addNewborn(client: PoolClient, of: { birthId: string; planId: string }, { at, by }: Source): Promise<void> {
    await client.query(sql.insertNewborn, [of.birthId, of.planId, at, londonDay(at.getTime()), by]);
  }

  /** Sealed, for 28 days. */
  async keep(client: PoolClient, birth: Birth, { at }: Source): Promise<void> {
    const until = new Date(at.getTime() + keptDays * dayMs);
    const hashes = [this.seal.hashOf(birth.nhsNumber), this.seal.hashOf(birth.motherNhsNumber)];
    await client.query(sql.keep, [...hashes, this.seal.seal(birth), at, until]);
  }

  /** Opens and erases what is kept under these mothers' numbers. */
  async takeKept(client: PoolClient, mothers: readonly string[], at: Date): Promise<StoredBirth[]> {
    const hashes = mothers.flatMap((nhsNumber) => this.seal.hashesOf(nhsNumber));
    const { rows } = await client.query<{ sealed: Buffer; notifiedAt: Date }>(sql.takeKept, [hashes, at]);
    return rows.map(({ sealed, notifiedAt }) => ({ birth: this.seal.open(sealed), notifiedAt }));
  }

  /** Births of the last 28 days that concern these plans and have no record under them yet. */
  async findForPlans(client: PoolClient, planIds: readonly string[], at: Date) {
    const since = new Date(at.getTime() - keptDays * dayMs);
    return (await client.query<{ birthId: string; planId: string }>(sql.findForPlans, [planIds, since])).rows;
  }

  /** How many there were, by London day; nothing of whom. */
  async count(client: PoolClient, outcome: Outcome, at: Date, births = 1): Promise<void> {
    if (births > 0) await client.query(sql.countBirths, [londonDay(at.getTime()), outcome, births]);
  }

  /** Erases what was kept long enough. Returns how many births that were. */
  erase(at: Date): Promise<number> {
    return this.inTurn(async (client) => {
      const erased = (await client.query(sql.eraseKept, [at])).rowCount ?? 0;
      await this.count(client, 'erased', at, erased);
      return erased;
    });
  }
}
