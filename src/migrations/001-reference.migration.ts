import { Migration } from '@mikro-orm/migrations';

/** Authorities, people, organisations, holidays: what the product is told about the world. */
export class ReferenceMigration extends Migration {
  override name = '001-reference';

  override up(): void {
    this.addSql(`
      create table authority (
        gss text primary key check (gss ~ '^E[0-9]{8}$'),
        name text not null,
        type text not null,
        region text not null,
        emergency_phone text,
        office_phone text,
        morning_hour time not null default '06:00',
        procedures_url text
      );
      create table bank_holiday (on_date date primary key, name text not null);
      create table organisation (
        ods_code text primary key,
        name text not null,
        setting text not null,
        town text not null
      );
      create table team (
        authority text not null references authority,
        ref text not null,
        name text not null,
        manager_ref text,
        primary key (authority, ref)
      );
      create table person (
        authority text not null references authority,
        ref text not null,
        name text not null,
        role text not null check (role in ('worker', 'manager', 'duty-desk', 'data-quality')),
        team_ref text,
        state text not null check (state in ('active', 'on-leave', 'left')),
        demo_name text,
        primary key (authority, ref)
      );
      create function forbid_change() returns trigger language plpgsql as $$
      begin
        raise exception 'table % is append-only', tg_table_name using errcode = 'insufficient_privilege';
      end $$;
    `);
  }
}
