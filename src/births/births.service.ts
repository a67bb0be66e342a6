import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock';
import { Config } from '../platform/config';
import { Problem } from '../platform/problems/problem';
import type { Caller } from '../platform/sign-in/caller';
import { birthOf, isSameBirth } from './birth';
import { BirthsRepository } from './births.repository';
import type { BirthNotification, BirthReceipt } from './births.schema';

/**
 * Births as the NHS notifies them: once, one per baby, never corrected (domain 7).
 * Promises: once answered, a check on the newborn's number never says "no plan" while an authority's answer is awaited;
 * a birth that concerns nobody is sealed, and opened only when a plan comes that it concerns.
 * Never: tells the caller whether the mother has a plan, or changes what was notified.
 */
@Injectable()
export class BirthsService {
  constructor(
    private readonly repository: BirthsRepository,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /** Rejects with `mother-number-missing`, `invalid-request` naming the field, `birth-other-content`. */
  async notify(caller: Caller, notification: BirthNotification): Promise<BirthReceipt> {
    const birth = birthOf(notification, { now: this.clock.now(), testNumbersAllowed: !this.config.production });
    const receivedAt = await this.repository.inTurn(async (client) => {
      const known = await this.repository.find(client, birth.nhsNumber);
      if (known && !isSameBirth(birth, known.birth)) throw new Problem('birth-other-content', { field: 'nhsNumber' });
      if (known) return known.notifiedAt;
      const source = { at: this.clock.instant(), by: caller.id };
      const concerned = await this.repository.findConcerned(client, birth);
      if (concerned.length === 0) await this.repository.keep(client, birth, source);
      else {
        const planIds = concerned.map(({ planId }) => planId);
        await this.repository.record(client, { birth, notifiedAt: source.at }, planIds, source);
      }
      await this.repository.count(client, concerned.length === 0 ? 'unmatched' : 'matched', source.at);
      return source.at;
    });
    return { receivedAt: new Date(receivedAt).toISOString() };
  }

  /** Erases the births that concerned nobody for 28 days. Returns how many. */
  erase(): Promise<number> {
    return this.repository.erase(this.clock.instant());
  }
}
