import { Injectable } from '@nestjs/common';
import { Clock } from '../clock';
import { Database } from '../database/database';
import type { Caller } from '../sign-in/caller';

export interface AuditEntry {
  readonly caller: Caller;
  readonly action: string;
  readonly phase: 'asked' | 'refused' | 'failed';
  readonly requestId: string;
  /** Opaque ids and codes alone: never a number, a name or a date of a child. */
  readonly target?: Readonly<Record<string, string>>;
  readonly problem?: string;
}

/** The append-only account of who did what (domain 19). It has no switch. */
@Injectable()
export class Audit {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Rejects when the entry could not be stored: then the act must not happen. */
  async record({ caller, action, phase, requestId, target = {}, problem }: AuditEntry): Promise<void> {
    await this.database.everything((em) =>
      em.execute(
        `insert into audit_entry (at, action, phase, who, who_kind, name, roles, organisation, authority, request_id, target, problem)
         values (?, ?, ?, ?, ?, ?, ?::text[], ?, ?, ?, ?::jsonb, ?)`,
        [
          this.clock.instant(),
          action,
          phase,
          caller.id,
          caller.kind,
          caller.name,
          `{${caller.roles.map((role) => JSON.stringify(role)).join(',')}}`,
          caller.organisation ?? null,
          caller.authority ?? null,
          requestId,
          JSON.stringify(target),
          problem ?? null,
        ],
      ),
    );
  }
}
