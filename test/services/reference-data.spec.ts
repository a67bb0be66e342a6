import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { loadReferenceData } from '../../src/people/reference-data';
import { databaseForSuite, type SuiteDatabase } from '../support/postgres';

const data = join(__dirname, '../../data');
const tables = ['authority', 'bank_holiday', 'organisation', 'team', 'person'];

describe('reference data', () => {
  let database: SuiteDatabase;
  let owner: Client;
  let folder: string;

  beforeAll(async () => {
    database = await databaseForSuite();
    owner = new Client({ connectionString: database.ownerUrl });
    await owner.connect();
    folder = mkdtempSync(join(tmpdir(), 'reference-data-'));
    cpSync(data, folder, { recursive: true });
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await owner.end();
    await database.drop();
  });

  /** Row count and newest writer of each table: a row that is written again moves it. */
  const state = async (): Promise<Record<string, string>> => {
    const found: Record<string, string> = {};
    for (const table of tables) {
      const { rows } = await owner.query<{ state: string }>(
        `select count(*) || ' ' || coalesce(max(xmin::text::bigint), 0) as state from ${table}`,
      );
      found[table] = rows[0]?.state ?? '';
    }
    return found;
  };
  const one = async (statement: string): Promise<unknown> => (await owner.query(statement)).rows[0];
  const edit = (file: string, from: string, to: string): void => {
    const path = join(folder, file);
    writeFileSync(path, readFileSync(path, 'utf8').replace(from, to));
  };

  it('is what the files say', async () => {
    expect(await one('select count(*)::int as n from authority')).toEqual({ n: 153 });
    expect(
      await one(`select name, emergency_phone, morning_hour::text from authority where gss = 'E10000018'`),
    ).toEqual({
      name: 'Leicestershire',
      emergency_phone: '0116 496 0201',
      morning_hour: '05:30:00',
    });
    expect(await one(`select emergency_phone, morning_hour::text from authority where gss = 'E06000001'`)).toEqual({
      emergency_phone: null,
      morning_hour: '06:00:00',
    });
    expect(
      await one(`select name, role, team_ref, state from person where authority = 'E06000016' and ref = 'D01'`),
    ).toEqual({
      name: 'Yusuf Kelly',
      role: 'duty-desk',
      team_ref: null,
      state: 'active',
    });
    expect(await one(`select setting from organisation where ods_code = 'ZZ202'`)).toEqual({ setting: 'camhs' });
  });

  it('changes nothing when it is loaded again', async () => {
    const before = await state();
    await loadReferenceData(owner, folder);
    expect(await state()).toEqual(before);
  });

  it('follows a row that changed, adds one that is new, and deletes none that is gone', async () => {
    edit('people.csv', 'W001,Hana Usman,worker,T01,active', 'W001,Hana Usman,worker,T02,left');
    edit('people.csv', 'E06000016,W002,Bina Farrell,worker,T02,active,\n', '');
    edit('authority-contacts.csv', '05:30', '07:15');
    edit('organisations.csv', 'ZZ204', 'ZZ299');
    await loadReferenceData(owner, folder);
    expect(await one(`select team_ref, state from person where authority = 'E06000016' and ref = 'W001'`)).toEqual({
      team_ref: 'T02',
      state: 'left',
    });
    expect(await one(`select count(*)::int as n from person where ref = 'W002'`)).toEqual({ n: 2 });
    expect(await one(`select morning_hour::text as hour from authority where gss = 'E10000018'`)).toEqual({
      hour: '07:15:00',
    });
    expect(await one(`select count(*)::int as n from organisation where ods_code in ('ZZ204', 'ZZ299')`)).toEqual({
      n: 2,
    });
  });

  it('leaves what is there where the file of telephones has an empty cell', async () => {
    edit('authority-contacts.csv', 'E06000016,0116 496 0101', 'E06000016,');
    await loadReferenceData(owner, folder);
    expect(await one(`select emergency_phone from authority where gss = 'E06000016'`)).toEqual({
      emergency_phone: '0116 496 0101',
    });
  });
});
