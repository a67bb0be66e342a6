import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '../clock';
import { Database } from '../database/database';
import type { Caller } from './caller';

export const sessionCookie = 'cpis-session';
export const sessionHours = 8;
const shape = /^[\w-]{43}$/;

/**
 * Who is signed in, on the server: the browser holds a random id, the database only its hash, so that neither a copy
 * of the table nor a stolen secret signs anybody in. A session ends after a shift, or when the person signs out.
 */
@Injectable()
export class Sessions {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Returns the cookie's value: 32 random bytes, new at every sign-in. Sessions that are over are swept out. */
  async open(caller: Caller): Promise<string> {
    const id = randomBytes(32).toString('base64url');
    const now = this.clock.now();
    await this.database.everything(async (em) => {
      await em.execute('delete from session where expires_at <= ?', [new Date(now)]);
      await em.execute('insert into session (id_hash, caller, created_at, expires_at) values (?, ?::jsonb, ?, ?)', [
        hashOf(id),
        JSON.stringify(caller),
        new Date(now),
        new Date(now + sessionHours * 3_600_000),
      ]);
    });
    return id;
  }

  /** Undefined for a session that is not there or over. */
  async find(cookieValue: string): Promise<Caller | undefined> {
    if (!shape.test(cookieValue)) return undefined;
    const rows = await this.database.everything((em) =>
      em.execute<{ caller: Caller }[]>('select caller from session where id_hash = ? and expires_at > ?', [
        hashOf(cookieValue),
        this.clock.instant(),
      ]),
    );
    return rows[0]?.caller;
  }

  async end(cookieValue: string): Promise<void> {
    await this.database.everything((em) => em.execute('delete from session where id_hash = ?', [hashOf(cookieValue)]));
  }
}

const hashOf = (id: string): Buffer => createHash('sha256').update(id).digest();
