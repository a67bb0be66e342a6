import { Injectable } from '@nestjs/common';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Clock } from '../clock';

/** One thing that a process must be told. `topic` picks the handler, `key` the process; no personal data. */
export interface OutboxEvent {
  readonly topic: string;
  readonly key: string;
  /** GSS code. */
  readonly authority: string;
  readonly event: Readonly<Record<string, unknown>>;
}

/** Writes what the relay will tell, in the transaction of the fact itself. */
@Injectable()
export class Outbox {
  constructor(private readonly clock: Clock) {}

  async tell(em: EntityManager, { topic, key, authority, event }: OutboxEvent): Promise<void> {
    await em.execute('insert into outbox (topic, key, authority, event, created_at) values (?, ?, ?, ?::jsonb, ?)', [
      topic,
      key,
      authority,
      JSON.stringify(event),
      this.clock.instant(),
    ]);
  }
}
