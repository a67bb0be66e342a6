import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { Client, escapeIdentifier } from 'pg';
import { startPostgres } from '../../scripts/postgres';
import { onceARun, runFolder } from './run-folder';

/** A database of one suite, migrated and with the reference data, on a real PostgreSQL. */
export type SuiteDatabase = {
  /** Superuser: migrations, and looking behind the product's back. */
  readonly ownerUrl: string;
  /** The role of web and worker, under row-level security. */
  readonly appUrl: string;
  /** The role that answers checks. */
  readonly checkUrl: string;
  /** Cuts every session off and removes it. */
  readonly drop: () => Promise<void>;
};

/** The migrated database that every suite's database is copied from. */
export const template = 'cpis_template';
/** Nothing of a test run needs to outlive a power cut. */
const quick = ['fsync=off', 'full_page_writes=off', 'synchronous_commit=off'];

/** The server of this run: DATABASE_URL when it is set, otherwise one of our own. */
export const testServer = async (): Promise<string> => {
  const given = process.env['DATABASE_URL'];
  if (given) return given;
  const { ownerUrl } = await onceARun('postgres', () =>
    startPostgres({
      home: join(runFolder(), 'postgres'),
      logFile: join(runFolder(), 'postgres.log'),
      ownerPassword: randomBytes(12).toString('hex'),
      database: 'cpis',
      settings: quick,
    }),
  );
  return ownerUrl;
};

/** The address of a database of that server, as its owner or as a role. */
export const urlOf = (serverUrl: string, database: string, role?: string): string => {
  const url = new URL(serverUrl);
  url.pathname = `/${database}`;
  if (role) Object.assign(url, { username: role, password: role });
  return url.href;
};

/** Runs one statement as the owner, outside any suite's database. */
export const inServer = async (serverUrl: string, statement: string): Promise<void> => {
  const client = new Client({ connectionString: urlOf(serverUrl, 'postgres') });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
};

const described = (serverUrl: string, name: string): SuiteDatabase => ({
  ownerUrl: urlOf(serverUrl, name),
  appUrl: urlOf(serverUrl, name, 'cpis_app'),
  checkUrl: urlOf(serverUrl, name, 'cpis_check'),
  drop: () => inServer(serverUrl, `drop database if exists ${escapeIdentifier(name)} with (force)`),
});

/** A migrated database of its own for a suite, copied from the template in milliseconds. */
export const databaseForSuite = async (): Promise<SuiteDatabase> => {
  const serverUrl = await testServer();
  const name = `suite_${randomBytes(6).toString('hex')}`;
  await inServer(serverUrl, `create database ${name} template ${template} strategy file_copy`);
  return described(serverUrl, name);
};

/** An empty database of its own, for the tests of the migrations themselves. */
export const emptyDatabase = async (): Promise<SuiteDatabase> => {
  const serverUrl = await testServer();
  const name = `empty_${randomBytes(6).toString('hex')}`;
  await inServer(serverUrl, `create database ${name}`);
  return described(serverUrl, name);
};
