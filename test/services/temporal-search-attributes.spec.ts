import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ensureSearchAttributes } from '../../src/platform/temporal/search-attributes';
import type { TemporalClient } from '../../src/platform/temporal/temporal-client';
import { RoomServer } from './temporal-room';

describe('the search attributes', () => {
  let server: RoomServer;
  let temporal: TemporalClient;

  beforeAll(async () => {
    server = await RoomServer.atFreePort();
    await server.start();
    temporal = server.client();
  });

  afterAll(async () => {
    await temporal.close();
    await server.remove();
  });

  it('are added once, also when several processes add them', async () => {
    const wanted = { Wing: 'KEYWORD', Floor: 'INT', OpensAt: 'DATETIME' } as const;
    const added = await Promise.all([1, 2, 3].map(() => ensureSearchAttributes(temporal, wanted)));
    expect(new Set(added.flat())).toEqual(new Set(Object.keys(wanted)));
    expect(await ensureSearchAttributes(temporal, wanted)).toEqual([]);
  });

  it('are refused with the command to run when the server has another type under the name', async () => {
    await expect(ensureSearchAttributes(temporal, { Wing: 'INT' })).rejects.toThrow(
      'temporal operator search-attribute create --namespace default --name Wing --type Int',
    );
  });

  it('are refused with the command to run when the server has no room for more', async () => {
    const many = Object.fromEntries(Array.from({ length: 11 }, (_, at) => [`Column${at}`, 'KEYWORD_LIST' as const]));
    await expect(ensureSearchAttributes(temporal, many)).rejects.toThrow('An operator must run:');
  });
});
