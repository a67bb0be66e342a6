import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { ClientBase, Pool } from 'pg';

interface ReferenceFile {
  readonly file: string;
  readonly table: string;
  readonly key: readonly string[];
  /** Column of the table → column of the file. */
  readonly columns: Readonly<Record<string, string>>;
  /** The rows are there already: this file only adds to them, and an empty cell leaves what is there. */
  readonly addsTo?: true;
}

const same = (...names: readonly string[]): Record<string, string> =>
  Object.fromEntries(names.map((name) => [name, name]));

/** In the order that foreign keys ask for. */
const files: readonly ReferenceFile[] = [
  {
    file: 'local-authorities.csv',
    table: 'authority',
    key: ['gss'],
    columns: { gss: 'gss_code', ...same('name', 'type', 'region') },
  },
  {
    file: 'authority-contacts.csv',
    table: 'authority',
    key: ['gss'],
    columns: { gss: 'authority', ...same('emergency_phone', 'office_phone', 'morning_hour') },
    addsTo: true,
  },
  {
    file: 'bank-holidays-england.csv',
    table: 'bank_holiday',
    key: ['on_date'],
    columns: { on_date: 'date', name: 'name' },
  },
  {
    file: 'organisations.csv',
    table: 'organisation',
    key: ['ods_code'],
    columns: same('ods_code', 'name', 'setting', 'town'),
  },
  {
    file: 'teams.csv',
    table: 'team',
    key: ['authority', 'ref'],
    columns: same('authority', 'ref', 'name', 'manager_ref'),
  },
  {
    file: 'people.csv',
    table: 'person',
    key: ['authority', 'ref'],
    columns: same('authority', 'ref', 'name', 'role', 'team_ref', 'state', 'demo_name'),
  },
];

/**
 * Loads what the product is told about the world from the CSV files in `folder`, as the owner of the tables.
 * Loading again changes nothing; a row that changed in a file is changed; nothing is ever deleted.
 */
export async function loadReferenceData(database: ClientBase | Pool, folder: string): Promise<void> {
  for (const reference of files) {
    const rows = readRows(join(folder, reference.file), reference);
    await database.query(statementFor(reference), [JSON.stringify(rows)]);
  }
}

function readRows(path: string, { columns }: ReferenceFile): Record<string, string | null>[] {
  const records = parse<Record<string, string>>(readFileSync(path), { columns: true, bom: true, trim: true });
  return records.map((record) =>
    Object.fromEntries(Object.entries(columns).map(([column, source]) => [column, record[source] || null])),
  );
}

function statementFor({ table, key, columns, addsTo }: ReferenceFile): string {
  const names = Object.keys(columns);
  const told = names.filter((name) => !key.includes(name));
  const rows = `(select ${names.join(', ')} from jsonb_populate_recordset(null::${table}, $1::jsonb)) given`;
  const valueOf = (name: string): string => (addsTo ? `coalesce(given.${name}, ${table}.${name})` : `given.${name}`);
  const given = told.map(valueOf).join(', ');
  const stored = told.map((name) => `${table}.${name}`).join(', ');
  const assignments = told.map((name) => `${name} = ${valueOf(name)}`).join(', ');
  const sameRow = key.map((name) => `${table}.${name} = given.${name}`).join(' and ');
  const change = `update ${table} set ${assignments} from ${rows} where ${sameRow} and (${stored}) is distinct from (${given})`;
  if (addsTo) return change;
  return `with changed as (${change}) insert into ${table} (${names.join(', ')}) select * from ${rows} on conflict do nothing`;
}
