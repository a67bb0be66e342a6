import { Migration } from '@mikro-orm/migrations';

/** Alerts, their append-only history, their deliveries, and the batches that raised them. */
export class AlertsMigration extends Migration {
  override name = '005-alerts';

  override up(): void {
    this.addSql(`
      create table alert (
        id uuid primary key,
        reference text not null unique,
        authority text not null references authority,
        kind text not null default 'access' check (kind in ('access')),
        subject text not null check (subject ~ '^[0-9]{10}$'),
        slot text not null,
        owner_kind text not null check (owner_kind in ('worker', 'team', 'duty-desk')),
        owner_ref text not null,
        because text not null,
        stage text not null default 'open' check (stage in ('open', 'seen', 'acknowledged', 'closed')),
        rung text not null default 'owner' check (rung in ('owner', 'manager', 'duty-desk')),
        raised_at timestamptz not null,
        due_at timestamptz not null,
        late_because text,
        seen_at timestamptz,
        seen_by text,
        acknowledged_at timestamptz,
        acknowledged_by text,
        closed_at timestamptz,
        closed_by text,
        outcome text,
        closing_note text,
        unique (authority, subject, owner_kind, owner_ref, slot),
        check (raised_at <= due_at or late_because is not null),
        check ((stage = 'closed') = (outcome is not null))
      );
      create index alert_by_owner on alert (authority, stage, due_at);
      alter table notice add foreign key (alert_id) references alert;
      create table alert_event (
        id bigint generated always as identity primary key,
        alert_id uuid not null references alert,
        authority text not null references authority,
        kind text not null,
        at timestamptz not null,
        by text not null,
        detail jsonb not null default '{}',
        unique (alert_id, kind, at, by)
      );
      create trigger alert_event_append_only before update or delete or truncate on alert_event
        for each statement execute function forbid_change();
      create table delivery (
        alert_id uuid not null references alert,
        authority text not null references authority,
        channel text not null,
        attempts integer not null default 0,
        first_attempt_at timestamptz,
        sent_at timestamptz,
        received_at timestamptz,
        seen_at timestamptz,
        primary key (alert_id, channel)
      );
      create table batch (
        authority text not null references authority,
        slot text not null,
        started_at timestamptz not null,
        finished_at timestamptz,
        notices integer not null default 0,
        alerts integer not null default 0,
        primary key (authority, slot)
      );
    `);
  }
}
