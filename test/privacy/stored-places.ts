import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runFolder } from '../support/run-folder';
import type { Run } from './run';
import type { Place } from './scanner';

/** What stands in clear outside Temporal's own answers: logs of every process, metrics, rows that carry no child's data. */
export async function storedPlaces({ product, server, owner }: Run): Promise<Place[]> {
  const metrics = await (await fetch(`${product.url}/metrics`)).text();
  return [
    { name: 'log of web and worker', text: readFileSync(product.logFile, 'utf8') },
    { name: 'log of Temporal', text: readFileSync(server.logFile, 'utf8') },
    { name: 'log of PostgreSQL', text: logOfPostgres() },
    ...databaseOf(server.databaseFile),
    { name: 'metrics', text: metrics },
    await rowsOf(owner, 'audit_entry'),
    await rowsOf(owner, 'outbox'),
    await rowsOf(owner, 'batch'),
    await rowsOf(owner, 'delivery'),
  ];
}

/** The dev server's whole database as bytes: whatever it has no call for is in it too. */
const databaseOf = (file: string): Place[] =>
  [file, `${file}-wal`]
    .filter((each) => existsSync(each))
    .map((each) => ({ name: 'database of Temporal', text: readFileSync(each, 'utf8') }));

/** Of the run's own server; a given one keeps its log to itself. */
function logOfPostgres(): string {
  const file = join(runFolder(), 'postgres.log');
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

/** The audit names the record that was read by the authority's own key: that key alone is left out here. */
async function rowsOf(owner: Run['owner'], table: string): Promise<Place> {
  const { rows } = await owner.query<{ row: string }>(
    `select (to_jsonb(t) #- '{target,localId}')::text as row from ${table} t`,
  );
  return { name: `rows of ${table}`, text: rows.map(({ row }) => row).join('\n') };
}
