import { Migration } from '@mikro-orm/migrations';

/** The outbox, the audit, request keys and sign-in sessions. */
export class PlatformMigration extends Migration {
  override name = '006-platform';

  override up(): void {
    this.addSql(`
      create table outbox (
        id bigint generated always as identity primary key,
        topic text not null,
        key text not null,
        authority text not null,
        event jsonb not null,
        created_at timestamptz not null,
        told_at timestamptz,
        attempts integer not null default 0,
        next_attempt_at timestamptz,
        last_error text
      );
      create index outbox_untold on outbox (topic, key, id) where told_at is null;
      create table audit_entry (
        id bigint generated always as identity primary key,
        at timestamptz not null,
        action text not null,
        phase text not null check (phase in ('asked', 'refused', 'failed')),
        who text not null,
        who_kind text not null,
        name text not null,
        roles text[] not null,
        organisation text,
        authority text,
        request_id text not null,
        target jsonb not null default '{}',
        problem text
      );
      create index audit_entry_by_time on audit_entry using brin (at);
      create trigger audit_entry_append_only before update or delete or truncate on audit_entry
        for each statement execute function forbid_change();
      create table command_request (
        client text not null,
        request_id text not null,
        body_hash bytea not null,
        at timestamptz not null,
        primary key (client, request_id)
      );
      create table session (
        id_hash bytea primary key,
        caller jsonb not null,
        created_at timestamptz not null,
        expires_at timestamptz not null
      );
    `);
  }
}
