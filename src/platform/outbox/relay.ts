import { Injectable, Logger } from '@nestjs/common';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Clock } from '../clock';
import { Database } from '../database/database';
import { repeat, type Repeated } from '../repeat';

/** An event as stored: `id` is unique and stays the same however often it is told. */
export interface Told {
  readonly id: number;
  readonly at: string;
  readonly event: Readonly<Record<string, unknown>>;
}
/** Tells one process its events, oldest first. Telling twice must be harmless: the same ids come again. */
export type Teller = (key: string, authority: string, events: readonly Told[]) => Promise<void>;

interface Waiting {
  readonly key: string;
  readonly authority: string;
}
const keysAtOnce = 8;
const eventsAtOnce = 100;
const longestPauseMs = 60_000;

/**
 * The relay: at least once, in order for one process, coalesced, with back-off for each process by itself.
 * A lock per process keeps two relays from telling the same one at the same moment; a crash lets it go.
 */
@Injectable()
export class Relay {
  private readonly log = new Logger('relay');
  private readonly tellers = new Map<string, Teller>();
  private rounds: readonly Repeated[] = [];
  private stopping = false;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  register(topic: string, teller: Teller): void {
    this.tellers.set(topic, teller);
  }

  /** Each topic has a round of its own: one topic's backlog does not hold up another. */
  start(everyMs = 500): void {
    this.rounds = [...this.tellers.keys()].map((topic) => repeat('relay', everyMs, () => this.tellAll(topic)));
  }

  async stop(): Promise<void> {
    this.stopping = true;
    await Promise.all(this.rounds.map((round) => round.stop()));
  }

  private async tellAll(topic: string): Promise<void> {
    while (!this.stopping && (await this.tellDue(topic)) > 0);
  }

  /** One sweep over the processes of a topic that have something due. Returns how many were told. */
  async tellDue(topic: string): Promise<number> {
    const due = await this.database.everything((em) => this.findDue(em, topic));
    const told = await Promise.all(due.map((waiting) => this.tellOne(topic, waiting)));
    return told.filter(Boolean).length;
  }

  private findDue(em: EntityManager, topic: string): Promise<Waiting[]> {
    return em.execute<Waiting[]>(
      `select key, min(authority) as authority from outbox where told_at is null and topic = ?
       group by key having coalesce(max(next_attempt_at), '-infinity') <= ? order by min(id) limit ?`,
      [topic, this.clock.instant(), keysAtOnce],
    );
  }

  private async tellOne(topic: string, { key, authority }: Waiting): Promise<boolean> {
    const teller = this.tellers.get(topic);
    if (!teller) return false;
    return this.database.everything(async (em) => {
      const [lock] = await em.execute<{ mine: boolean }[]>(
        'select pg_try_advisory_xact_lock(hashtextextended(?, 7)) as mine',
        [`${topic}/${key}`],
      );
      if (!lock?.mine) return false;
      const rows = await em.execute<{ id: string; created_at: Date; event: Record<string, unknown> }[]>(
        'select id, created_at, event from outbox where topic = ? and key = ? and told_at is null order by id limit ?',
        [topic, key, eventsAtOnce],
      );
      if (rows.length === 0) return false;
      const events = rows.map((row) => ({
        id: Number(row.id),
        at: new Date(row.created_at).toISOString(),
        event: row.event,
      }));
      return this.attempt(em, () => teller(key, authority, events), events);
    });
  }

  private async attempt(em: EntityManager, tell: () => Promise<void>, events: readonly Told[]): Promise<boolean> {
    const ids = `{${events.map((event) => event.id).join(',')}}`;
    try {
      await tell();
      await em.execute(
        'update outbox set told_at = ?, attempts = attempts + 1, last_error = null where id = any(?::bigint[])',
        [this.clock.instant(), ids],
      );
      return true;
    } catch (err) {
      const kind = err instanceof Error ? err.name : 'unknown';
      this.log.debug({ kind }, 'a process could not be told; it waits');
      await em.execute(
        `update outbox set attempts = attempts + 1, last_error = ?,
           next_attempt_at = ?::timestamptz + least(? * interval '1 millisecond', interval '500 milliseconds' * power(2, least(attempts, 10)))
         where id = any(?::bigint[])`,
        [kind, this.clock.instant(), longestPauseMs, ids],
      );
      return false;
    }
  }
}
