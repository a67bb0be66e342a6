import { Migration } from '@mikro-orm/migrations';

/**
 * Uploads: what came rests here byte by byte (compressed, in parts), so that nothing is lost (domain 10), and the answers
 * that say more than "loaded". A content that came before is not stored twice: `content_of` names who keeps its parts.
 */
export class UploadsMigration extends Migration {
  override name = '003-uploads';

  override up(): void {
    this.addSql(`
      create table upload (
        id uuid primary key,
        authority text not null references authority,
        sequence integer not null check (sequence > 0),
        kind text not null check (kind in ('full', 'delta')),
        content_hash bytea not null,
        content_of uuid references upload,
        state text not null check (state in ('received', 'done')),
        rows_read integer not null default 0,
        file_code text,
        message text,
        expected_sequence integer not null,
        counts jsonb,
        received_at timestamptz not null,
        received_by text not null,
        finished_at timestamptz,
        unique (authority, sequence)
      );
      create index upload_unfinished on upload (authority, sequence) where state = 'received';
      create index upload_by_content on upload (authority, content_hash) where content_of is null;
      create table upload_part (
        upload_id uuid not null references upload deferrable initially deferred,
        authority text not null references authority,
        part integer not null,
        bytes bytea not null,
        primary key (upload_id, part)
      );
      alter table upload_part alter column bytes set storage external;
      create table upload_row (
        upload_id uuid not null references upload,
        authority text not null,
        row integer not null,
        code text not null,
        field text,
        message text not null,
        primary key (upload_id, row)
      );
    `);
  }
}
