import { Injectable } from '@nestjs/common';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { DeclineReason } from '../../workflows/birth-transfer/contract';
import { Clock } from '../platform/clock';
import { Database } from '../platform/database/database';
import { Problem } from '../platform/problems/problem';
import type { Caller } from '../platform/sign-in/caller';
import { ownScope } from '../platform/sign-in/scope';
import type { BirthToAlert, WhichBirths } from './birth-to-alert';
import { BirthProcesses } from './birth-processes';
import type { NewbornList, NewbornView } from './births.schema';
import { newbornViewOf } from './newborn-view';
import { NewbornsRepository, type StoredNewborn } from './newborns.repository';

const listed = 500;

/**
 * The newborns that an authority is asked about (domain 7). Promises: "not there" and "not yours" are one answer; a
 * newborn leaves "awaiting" only by its own plan or by a decision of its transfer. Never: decides in the transfer's place.
 */
@Injectable()
export class NewbornsService {
  constructor(
    private readonly database: Database,
    private readonly repository: NewbornsRepository,
    private readonly processes: BirthProcesses,
    private readonly clock: Clock,
  ) {}

  async list(caller: Caller): Promise<NewbornList> {
    const authority = ownScope(caller);
    const found = await this.database.as(authority, (em) => this.repository.findOf(em, authority, listed));
    return { newborns: found.map(newbornViewOf) };
  }

  /** Rejects with `newborn-not-found`. */
  async get(caller: Caller, newbornId: string): Promise<NewbornView> {
    return newbornViewOf(await this.getFor(caller, newbornId));
  }

  /** A decision of the transfer. Rejects with `newborn-not-found`, `newborn-settled`, `workflows-unavailable`. */
  async decline(
    caller: Caller,
    newbornId: string,
    { reason, requestId }: { reason: DeclineReason; requestId: string },
  ): Promise<NewbornView> {
    const newborn = await this.getFor(caller, newbornId);
    if (newborn.state === 'declined' && newborn.reason === reason) return newbornViewOf(newborn);
    if (newborn.state !== 'awaiting') throw new Problem('newborn-settled');
    const decision = { newbornId: newborn.id, by: caller.id, at: this.clock.now(), reason };
    await this.processes.decline(newborn, decision, requestId);
    return this.get(caller, newbornId);
  }

  /** As `get`, within the scope of a transaction that is under way. */
  async find(em: EntityManager, newbornId: string): Promise<NewbornView | undefined> {
    const newborn = await this.repository.find(em, newbornId);
    return newborn && newbornViewOf(newborn);
  }

  /** For alerts: the authorities that have births without one. */
  findToAlert(em: EntityManager, which: WhichBirths): Promise<string[]> {
    return this.repository.findToAlert(em, which);
  }

  /** For alerts: births without one, locked in the transaction of `em`. */
  lockToAlert(em: EntityManager, which: WhichBirths): Promise<BirthToAlert[]> {
    return this.repository.lockToAlert(em, which);
  }

  findToRemind(em: EntityManager, newbornId: string): Promise<BirthToAlert | undefined> {
    return this.repository.findToRemind(em, newbornId);
  }

  /** In the transaction that raised the alert. */
  markAlerted(em: EntityManager, newbornId: string): Promise<void> {
    return this.repository.markAlerted(em, newbornId, this.clock.instant());
  }

  /** Across all authorities, opaque ids alone. */
  findUnalerted(): Promise<{ id: string; authority: string; dueAt: Date }[]> {
    return this.database.everything((em) => this.repository.findUnalerted(em));
  }

  private async getFor(caller: Caller, newbornId: string): Promise<StoredNewborn> {
    const isId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(newbornId);
    const scope = ownScope(caller);
    const newborn = isId ? await this.database.as(scope, (em) => this.repository.find(em, newbornId)) : undefined;
    if (!newborn) throw new Problem('newborn-not-found');
    return newborn;
  }
}
