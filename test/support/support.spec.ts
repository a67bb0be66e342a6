import { describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { databaseForSuite } from './postgres';

const rows = async (url: string, statement: string): Promise<Record<string, unknown>[]> => {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(statement)).rows as Record<string, unknown>[];
  } finally {
    await client.end();
  }
};

describe('a database for a suite', () => {
  it('has the reference data, is reached by all three roles, and is nobody else’s', async () => {
    const [mine, theirs] = [await databaseForSuite(), await databaseForSuite()];
    expect(await rows(mine.checkUrl, 'select count(*)::int as count from authority')).toEqual([{ count: 153 }]);
    expect(await rows(mine.appUrl, 'select current_user')).toEqual([{ current_user: 'cpis_app' }]);
    await rows(mine.ownerUrl, 'create table only_mine (a int)');
    await expect(rows(theirs.ownerUrl, 'select * from only_mine')).rejects.toThrow('does not exist');
    await mine.drop();
    await theirs.drop();
    await expect(rows(mine.ownerUrl, 'select 1')).rejects.toThrow('does not exist');
  });
});
